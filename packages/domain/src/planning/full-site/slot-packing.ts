import { type FullModel, KINDS } from './full-model.ts'
import { rowOf } from './price-tables.ts'

/** Powers of one way to draw, in units; and where its row of limit prices begins. */
interface Range {
  readonly least: number
  readonly step: number
  readonly most: number
  readonly row: number
}

interface Item {
  readonly car: number
  readonly ranges: readonly Range[]
}

/** Slots in which the same cars are there and pay the same for limits: what they take together is packed once for all. */
interface Alike {
  readonly slots: readonly number[]
  readonly items: readonly Item[]
  /** The least that one unit costs in any of them. */
  readonly cheapest: number
  /** Scratch: the least cost at each number of units, without the market; powers that make it, by item. */
  readonly cost: Float64Array
  readonly picks: readonly Int16Array[]
}

/**
 * Each slot of a site by itself: which powers of its cars fit in below its limit, all of them in the steps that they have. Units are W that
 * every power is a multiple of.
 */
export interface Packing {
  readonly model: FullModel
  readonly unit: number
  /** Prices of limits below the site, and of phases, by node, way to draw and slot. */
  readonly table: Float64Array
  readonly alike: readonly Alike[]
  /** What so many units cost on top of what the site takes without cars, by slot; as long as the site's limit allows. */
  readonly market: readonly Float64Array[]
  /** Scratch: the least cost at each number of units, by slot. */
  readonly cost: readonly Float64Array[]
  readonly next: Float64Array
  readonly queue: Int32Array
  readonly keys: Float64Array
}

/** More units than this in one slot are not worth the time. */
const MOST_UNITS = 1_024

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

/** Who may charge in a slot. */
const itemsOf = ({ slots, cars }: FullModel, unit: number, slot: number): readonly Item[] =>
  cars.flatMap(({ arrive, depart, need, modes, node }, car): Item[] => {
    if (need === 0 || slot < arrive || slot >= depart) return []
    const ranges = modes.map(({ least, step, most, kind }) => ({
      ...{ least: least / unit, step: step / unit, most: most / unit },
      row: rowOf(node, kind, slots),
    }))
    return [{ car, ranges }]
  })

const alikeSlots = (model: FullModel, { table, unit, market }: Pick<Packing, 'table' | 'unit' | 'market'>): readonly Alike[] => {
  const groups = new Map<string, { readonly slots: number[]; readonly items: readonly Item[] }>()
  for (let slot = 0; slot < model.slots; slot++) {
    const items = itemsOf(model, unit, slot)
    const key = JSON.stringify(items.map(({ car, ranges }) => [car, ranges.map(({ row }) => table[row + slot]!)]))
    const group = groups.get(key)
    if (group) group.slots.push(slot)
    else groups.set(key, { slots: [slot], items })
  }
  return Array.from(groups.values(), ({ slots, items }) => {
    const length = Math.max(...slots.map((slot) => market[slot]!.length))
    return {
      ...{ slots, items },
      cheapest: Math.min(...slots.map((slot) => market[slot]![1] ?? Number.POSITIVE_INFINITY)),
      cost: new Float64Array(length),
      picks: items.map(() => new Int16Array(length)),
    }
  })
}

/** @returns undefined where a car gives back, or steps are too fine against the site's limit */
export const openPacking = (model: FullModel, table: Float64Array): Packing | undefined => {
  const { slots, cars, base, siteMost, imported, fedIn } = model
  const charging = cars.filter(({ need }) => need > 0)
  if (cars.some(({ battery }) => battery) || charging.length === 0) return undefined
  const unit = charging.flatMap(({ modes }) => modes.flatMap(({ least, step }) => [least, step])).reduce(divisor)
  const limit = siteMost.reduce((most, room) => Math.max(most, room), 0)
  if (limit / unit > MOST_UNITS) return undefined
  const market = Array.from({ length: slots }, (_, slot) => {
    const at = (watts: number) => watts * (watts > 0 ? imported[slot]! : fedIn[slot]!)
    return Float64Array.from(
      { length: Math.floor(siteMost[slot]! / unit) + 1 },
      (_, units) => at(base[slot]! + units * unit) - at(base[slot]!),
    )
  })
  const alike = alikeSlots(model, { table, unit, market })
  const longest = Math.max(...market.map(({ length }) => length))
  return {
    ...{ model, unit, table, alike, market },
    cost: market.map(({ length }) => new Float64Array(length)),
    next: new Float64Array(longest),
    queue: new Int32Array(longest),
    keys: new Float64Array(longest),
  }
}

/** Least of what stands for no power and for each power of a range: a least over a sliding window for each remainder by the step. */
const addRange = (
  packing: Packing,
  cost: Float64Array,
  at: { readonly range: Range; readonly gain: number; readonly on: number; readonly picks: Int16Array; readonly top: number },
): void => {
  const { next, queue, keys } = packing
  const { range, gain, on, picks, top } = at
  const { least, step, most } = range
  for (let rest = 0; rest < step; rest++) {
    let [head, tail] = [0, 0]
    for (let units = least + rest; units <= top; units += step) {
      const from = units - least
      const key = cost[from]! + gain * from
      if (key < Number.POSITIVE_INFINITY) {
        while (tail > head && keys[tail - 1]! >= key) tail--
        queue[tail] = from
        keys[tail++] = key
      }
      while (head < tail && queue[head]! < units - most) head++
      if (head === tail) continue
      const reached = keys[head]! - gain * units - on
      if (reached >= next[units]!) continue
      next[units] = reached
      picks[units] = units - queue[head]!
    }
  }
}

/** Least cost of each number of units in slots that are alike when cars pay these prices, the market left out. */
const packAlike = (packing: Packing, { car: prices, on }: CasePrices, at: { readonly alike: Alike; readonly top: number }): void => {
  const { table, unit, next } = packing
  const { alike, top } = at
  const { items, cost, picks, cheapest } = alike
  const slot = alike.slots[0]!
  cost.fill(Number.POSITIVE_INFINITY, 0, top + 1)
  cost[0] = 0
  for (const [index, { car, ranges }] of items.entries()) {
    picks[index]!.fill(0, 0, top + 1)
    next.set(cost.subarray(0, top + 1))
    for (const range of ranges) {
      if (top < range.least) continue
      const gain = unit * (prices[car]! - table[range.row + slot]!)
      // The market is convex: what does not pay for it at the price of its first unit pays for none.
      const paid = gain - cheapest
      if (on[car]! + paid * (paid > 0 ? range.most : range.least) > 0)
        addRange(packing, cost, { range, gain, on: on[car]!, picks: picks[index]!, top })
    }
    cost.set(next.subarray(0, top + 1))
  }
}

/** The same for every slot with what the market asks. */
const packSlots = (packing: Packing, prices: CasePrices, tops: Int32Array): void => {
  for (const alike of packing.alike) {
    packAlike(packing, prices, { alike, top: alike.slots.reduce((most, slot) => Math.max(most, tops[slot]!), 0) })
    for (const slot of alike.slots) {
      const [cost, market] = [packing.cost[slot]!, packing.market[slot]!]
      for (let units = 0; units <= tops[slot]!; units++) cost[units] = alike.cost[units]! + market[units]!
    }
  }
}

interface Rise {
  readonly slot: number
  readonly units: number
  readonly peak: number
}

/** Peaks from the lowest one on at which a slot gets cheaper, in their order. */
const risesOf = (packing: Packing, tops: Int32Array, at: { readonly taken: Int32Array; readonly low: number }): readonly Rise[] => {
  const { unit, cost, model } = packing
  const rises: Rise[] = []
  for (const [slot, own] of cost.entries()) {
    let best = 0
    for (let units = 1; units <= tops[slot]!; units++) {
      if (own[units]! >= own[best]!) continue
      best = units
      const peak = model.base[slot]! + units * unit
      if (peak <= at.low) at.taken[slot] = units
      else rises.push({ slot, units, peak })
    }
  }
  return rises.sort((a, b) => a.peak - b.peak)
}

/** What cars pay in a case. */
export interface CasePrices {
  /** For a kWh. */
  readonly car: Float64Array
  /** For each slot in which they charge at all, in W over one slot times micros for a kWh. */
  readonly on: Float64Array
}

export interface Packed {
  /** Of all slots and the peak above that without cars, less what cars pay; in watt-slots times micros. */
  readonly cost: number
  /** The peak at which that is least. */
  readonly peak: number
  /** What each car gets, in W over one slot, and in how many slots. */
  readonly given: Float64Array
  readonly slotsOn: Float64Array
}

/** Who gets what of so many units in each slot. */
const sharesOf = ({ model, unit, alike }: Packing, taken: Int32Array): Pick<Packed, 'given' | 'slotsOn'> => {
  const [given, slotsOn] = [new Float64Array(model.cars.length), new Float64Array(model.cars.length)]
  for (const { slots, items, picks } of alike)
    for (const slot of slots) {
      let left = taken[slot]!
      for (let index = items.length - 1; index >= 0; index--) {
        const power = picks[index]![left]!
        const { car } = items[index]!
        given[car]! += power * unit
        if (power > 0) slotsOn[car]! += 1
        left -= power
      }
    }
  return { given, slotsOn }
}

/** The cheapest powers of all slots, at prices that cars pay for what they get, with a peak from `low` to `high`. */
export const pack = (packing: Packing, prices: CasePrices, { low, high }: { readonly low: number; readonly high: number }): Packed => {
  const { model, unit, cost } = packing
  const { slots, base, demand, peakAlone } = model
  const tops = Int32Array.from(cost, ({ length }, slot) => Math.min(length - 1, Math.floor((high - base[slot]!) / unit)))
  packSlots(packing, prices, tops)
  const taken = new Int32Array(slots)
  const rises = risesOf(packing, tops, { taken, low })
  let sum = 0
  for (let slot = 0; slot < slots; slot++) sum += cost[slot]![taken[slot]!]!
  let best = { cost: sum + demand * (low - peakAlone), peak: low, rises: 0 }
  const reached = taken.slice()
  for (const [index, { slot, units, peak }] of rises.entries()) {
    sum += cost[slot]![units]! - cost[slot]![reached[slot]!]!
    reached[slot] = units
    const all = sum + demand * (peak - peakAlone)
    if (all < best.cost) best = { cost: all, peak, rises: index + 1 }
  }
  for (const { slot, units } of rises.slice(0, best.rises)) taken[slot] = units
  return { cost: best.cost, peak: best.peak, ...sharesOf(packing, taken) }
}

/** Prices of limits alone need a table of this length. */
export const tableLength = ({ parent, slots }: FullModel): number => parent.length * KINDS * slots
