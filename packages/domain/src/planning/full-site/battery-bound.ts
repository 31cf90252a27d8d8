import type { FullSiteCar } from './full-site-problem.ts'

/** A convex function of what is stored, from `from` on, as pieces of rising slope. */
interface Pieces {
  from: number
  value: number
  readonly slopes: number[]
  readonly lengths: number[]
}

/** Sum of changes: pieces of both in the order of their slopes, which is how the least of all splits is made (infimal convolution). */
const insert = ({ slopes, lengths }: Pieces, slope: number, length: number): void => {
  if (length <= 0) return
  let at = slopes.length
  while (at > 0 && slopes[at - 1]! > slope) at--
  slopes.splice(at, 0, slope)
  lengths.splice(at, 0, length)
}

/** Cuts the function off outside what may be stored. */
const clip = (pieces: Pieces, least: number, most: number): void => {
  const { slopes, lengths } = pieces
  let cut = least - pieces.from
  while (cut > 0 && lengths.length > 0) {
    const part = Math.min(cut, lengths[0]!)
    pieces.value += slopes[0]! * part
    pieces.from += part
    cut -= part
    lengths[0]! -= part
    if (lengths[0]! <= 1e-12) {
      lengths.shift()
      slopes.shift()
    }
  }
  let over = pieces.from + lengths.reduce((sum, length) => sum + length, 0) - most
  while (over > 0 && lengths.length > 0) {
    const part = Math.min(over, lengths.at(-1)!)
    over -= part
    lengths[lengths.length - 1]! -= part
    if (lengths.at(-1)! <= 1e-12) {
      lengths.pop()
      slopes.pop()
    }
  }
}

const valueAt = ({ from, value, slopes, lengths }: Pieces, stored: number): number => {
  let [sum, left] = [value, stored - from]
  for (let at = 0; at < slopes.length && left > 0; at++) {
    const part = Math.min(left, lengths[at]!)
    sum += slopes[at]! * part
    left -= part
  }
  return sum
}

/**
 * Least that a car which gives back can cost at these prices, steps and least power left aside: backwards in time, the cost to
 * go is a convex function of what is stored. Where charging and giving at once would pay (a price far below zero), the two are
 * joined by a line, which is below both.
 * @param price of a kWh for the car in each slot of its window
 * @returns watt-slots times micros
 */
export const batteryBound = (
  { vehicleToGrid, need, maxPower }: FullSiteCar,
  price: readonly number[],
  { hours, shortfallPrice }: { readonly hours: number; readonly shortfallPrice: number },
): number => {
  const { maxPower: mostGiven, efficiencyIn, efficiencyOut, wearPerKwh, stored, leastStored, mostStored } = vehicleToGrid!
  const [into, out] = [efficiencyIn / 1_000, 1_000 / efficiencyOut]
  const [least, most, due] = [leastStored / hours, mostStored / hours, (stored + need) / hours]
  const pieces: Pieces = {
    from: least,
    value: shortfallPrice * (due - least),
    slopes: [-shortfallPrice, 0],
    lengths: [due - least, most - due],
  }
  for (let slot = price.length - 1; slot >= 0; slot--) {
    const [charging, giving] = [price[slot]! / into, (price[slot]! - wearPerKwh) / out]
    const [up, down] = [maxPower * into, mostGiven * out]
    // What is stored before a slot is what is stored after it, less the change: a rise needs a lower start.
    pieces.from -= up
    pieces.value += charging * up
    if (giving <= charging) {
      insert(pieces, -charging, up)
      insert(pieces, -giving, down)
    } else {
      const line = (charging * up + giving * down) / (up + down)
      insert(pieces, -line, up + down)
    }
    clip(pieces, least, most)
  }
  return valueAt(pieces, stored / hours)
}
