import type { CarCell } from './car-cells.ts'
import { chargeOn } from './charge-pieces.ts'
import type { ChargeTable } from './charge-table.ts'
import { energyBy } from './search-runs.ts'

/** The most that a start can bring: by the hour of the minimum, and in all; metered Wh. */
export interface Reach {
  readonly window: number
  readonly start: number
  readonly byHour: number
  readonly inAll: number
}

interface ReachAsk {
  readonly table: ChargeTable
  readonly minimum: { readonly energy: number; readonly by: number } | undefined
  readonly mayPause: boolean
}

const reachFrom = (cells: readonly CarCell[], start: number, { table, minimum, mayPause }: ReachAsk) => {
  const pieces = chargeOn(cells, table, { at: start, energy: 0, mayPause })
  const byHour = minimum ? Math.min(minimum.energy, Math.floor(energyBy(pieces, minimum.by) + 1e-6)) : 0
  return { start, byHour, inAll: Math.floor((pieces.at(-1)?.energyAfter ?? 0) + 1e-6) }
}

/** What the windows can bring at full power, from the first start of each; from every start where the charge may not pause. */
export const reachOf = (windows: readonly (readonly CarCell[])[], ask: ReachAsk): readonly Reach[] =>
  windows.flatMap((cells, window) => {
    const starts = cells.flatMap(({ from, startsPlan }) => (startsPlan ? [from] : []))
    return (ask.mayPause ? starts.slice(0, 1) : starts).map((start) => ({ window, ...reachFrom(cells, start, ask) }))
  })

/** First as much as can be by the hour of the minimum, then as much as can be in all. */
export const bestReach = (
  reaches: readonly Reach[],
): { readonly byHour: number; readonly inAll: number; readonly starts: readonly Reach[] } => {
  const byHour = reaches.reduce((most, reach) => Math.max(most, reach.byHour), 0)
  const soonEnough = reaches.filter((reach) => reach.byHour === byHour)
  const inAll = soonEnough.reduce((most, reach) => Math.max(most, reach.inAll), 0)
  return { byHour, inAll, starts: soonEnough.filter((reach) => reach.inAll === inAll) }
}
