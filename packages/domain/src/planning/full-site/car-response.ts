import type { Mode, ModelCar } from './full-model.ts'
import { rowOf } from './price-tables.ts'

/**
 * Powers in the order in which a car without a battery to give from would take them at given prices: one piece for each slot, or two
 * where it can be switched to more phases. Least powers are left aside.
 */
export interface Pieces {
  count: number
  readonly slope: Float64Array
  readonly length: Float64Array
  readonly slot: Int32Array
  /** Way to draw of the power up to here, and of what stands before it. */
  readonly mode: Uint8Array
}

export const openPieces = (slots: number): Pieces => ({
  count: 0,
  slope: new Float64Array(2 * slots),
  length: new Float64Array(2 * slots),
  slot: new Int32Array(2 * slots),
  mode: new Uint8Array(2 * slots),
})

const put = (pieces: Pieces, slope: number, length: number, at: { readonly slot: number; readonly mode: number }): void => {
  const { slope: slopes, length: lengths, slot, mode } = pieces
  let place = pieces.count++
  while (place > 0 && slopes[place - 1]! > slope) {
    slopes[place] = slopes[place - 1]!
    lengths[place] = lengths[place - 1]!
    slot[place] = slot[place - 1]!
    mode[place] = mode[place - 1]!
    place--
  }
  slopes[place] = slope
  lengths[place] = length
  slot[place] = at.slot
  mode[place] = at.mode
}

/** Lower convex hull of nothing, one phase and three phases in a slot. */
const putSwitched = (
  pieces: Pieces,
  slot: number,
  at: { readonly modes: readonly Mode[]; readonly price: readonly [number, number] },
): void => {
  const [one, three] = at.modes as readonly [Mode, Mode]
  const [single, all] = at.price
  if (all < single || three.most <= one.most) {
    put(pieces, all, three.most, { slot, mode: 1 })
    return
  }
  put(pieces, single, one.most, { slot, mode: 0 })
  const slope = (all * three.most - single * one.most) / (three.most - one.most)
  put(pieces, slope, three.most - one.most, { slot, mode: 1 })
}

/** Lays out a car's pieces by rising price. */
export const layPieces = (
  { arrive, depart, node, modes }: ModelCar,
  at: { readonly table: Float64Array; readonly slots: number },
  pieces: Pieces,
): void => {
  pieces.count = 0
  const rows = modes.map(({ kind }) => rowOf(node, kind, at.slots))
  for (let slot = arrive; slot < depart; slot++) {
    const first = at.table[rows[0]! + slot]!
    if (modes.length === 1) put(pieces, first, modes[0]!.most, { slot, mode: 0 })
    else putSwitched(pieces, slot, { modes, price: [first, at.table[rows[1]! + slot]!] })
  }
}
