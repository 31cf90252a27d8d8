import { cutCells } from './car-cells.ts'
import type { LastPart } from './car-wish.ts'
import { chargeBack, chargeOn } from './charge-pieces.ts'
import { type Found, type SearchSetting, unitOf } from './search-setting.ts'
import { searchSlots } from './search-slots.ts'

/** The first state with an energy, and the last that is not above one. */
const stateFrom = (energies: Float64Array, energy: number) => energies.findIndex((value) => value >= energy - 1e-6)
const stateTo = (energies: Float64Array, energy: number) => energies.findLastIndex((value) => value <= energy + 1e-6)

/** Where the last part begins: on a state of the table, and not before the minimum is in when its hour comes first. */
const splitOf = ({ cells, table, minimum }: SearchSetting, lastPart: LastPart) => {
  const enough = { energy: Number.POSITIVE_INFINITY, durationMs: Number.POSITIVE_INFINITY, ...lastPart }
  const { energies } = table
  const state = Math.max(0, stateTo(energies, chargeBack(cells, table, enough).energy))
  const least = minimum ? stateFrom(energies, minimum.energy) : 0
  // What the last part gives by the hour of the minimum is not looked at: the minimum comes before it.
  const head = Math.max(state, least)
  const rest = { energy: energies.at(-1)! - energies[head]!, durationMs: Number.POSITIVE_INFINITY }
  return { head, at: rest.energy > 0 ? chargeBack(cells, table, rest).at : cells.at(-1)!.to }
}

/** The best plan of a window whose last part is charged just before the window ends: the rest is planned freely before it. */
export const searchLastPart = (setting: SearchSetting, lastPart: LastPart): Found | undefined => {
  const { table, weights, minutesTo, fixedAt } = setting
  const { head, at } = splitOf(setting, lastPart)
  const cells = cutCells(setting.cells, [at])
  const tail = chargeOn(cells, table, { at, energy: table.energies[head]!, mayPause: true })
  const end = tail.at(-1)?.to ?? at
  if (tail.length > 0 && tail.at(-1)!.energyAfter !== table.energies.at(-1)) return undefined
  const tailWeighs = tail.reduce(
    (sum, { cell, energyBefore, energyAfter }) => sum + unitOf(cell, weights) * (energyAfter - energyBefore),
    0,
  )
  if (head === 0) {
    if (at < cells[0]!.from) return undefined
    const weighed = tailWeighs + weights.money * (fixedAt(at) + minutesTo(end) - minutesTo(at))
    return weighed <= setting.cap ? { start: at, end, weighed, pieces: tail, head: 0, keepsLast: true } : undefined
  }
  const weighs = weights.money * minutesTo(end) + tailWeighs
  const found = searchSlots({
    ...setting,
    cells: cells.filter(({ to }) => to <= at),
    table: {
      energies: table.energies.subarray(0, head + 1),
      timesAt: (limit) => table.timesAt(limit).subarray(0, head + 1),
    },
    ...(tail.length > 0 && { weighsAt: () => weighs }),
  })
  if (!found) return undefined
  const pieces = [...found.pieces, ...tail]
  return { ...found, end: tail.length > 0 ? end : found.end, pieces, head: table.energies[head]!, keepsLast: true }
}
