import type { PhaseConnection } from './full-site-problem.ts'
import type { Drawing } from './full-site-rules.ts'

/**
 * Least cost of a window in which a car is switched no sooner than it may be: by slot, phases in use and slots since the last switch.
 * @param ways cost of being on in each slot, at least, by drawing; to be off costs nothing
 * @returns minus infinity, which bounds nothing, for a car that is not switched
 */
export const leastOfSwitched = (
  drawings: readonly Drawing[],
  ways: readonly (readonly number[])[],
  connection: PhaseConnection | undefined,
): number => {
  if (typeof connection !== 'object' || drawings.length === 1) return Number.NEGATIVE_INFINITY
  const { leastHold = 1, inUse, heldFor = 0 } = connection
  const window = ways[0]!.length
  const hold = Math.min(leastHold, window)
  const never = Number.POSITIVE_INFINITY
  // since[way][n]: n + 1 slots since the last switch, the last standing for that many or more.
  let since = drawings.map(({ phases }) =>
    Array.from({ length: hold }, (_, held) => (held === hold - 1 && (inUse ?? phases) === phases ? 0 : never)),
  )
  for (let slot = 0; slot < window; slot++) {
    const before = since
    since = before.map((own, way) => {
      const cost = Math.min(0, ways[way]![slot]!)
      const switched = slot < heldFor ? never : before[1 - way]![hold - 1]!
      const stayed = (held: number) => (held > 0 ? own[held - 1]! : never)
      return own.map((same, held) => {
        const oldest = held === hold - 1 ? same : never
        return cost + Math.min(stayed(held), oldest, held === 0 ? switched : never)
      })
    })
  }
  return Math.min(...since.flat())
}
