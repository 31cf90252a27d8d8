import { sessionProfiles, type Tx } from '@voltway/store'
import { type EpochMs, epochMs, type SessionId, type SiteId, type TenantId } from '@voltway/units'
import { type PlannedStep, plannedSteps } from './planned-steps.ts'

/** How often what a station was told went down to nothing after it had been more. */
export const pausesBy = (steps: readonly PlannedStep[], now: EpochMs): number => {
  let [pauses, charges] = [0, false]
  for (const { from, powerW } of steps) {
    if (from > now) break
    if (charges && powerW === 0) pauses += 1
    charges = powerW > 0
  }
  return pauses
}

/** How often each running session of a site was paused so far. */
export const sitePauses = async (
  tx: Tx,
  tenantId: TenantId,
  { siteId, now }: { readonly siteId: SiteId; readonly now: EpochMs },
): Promise<ReadonlyMap<SessionId, number>> => {
  const profiles = await sessionProfiles(tx, tenantId, { siteId, from: now, to: epochMs(now + 1) })
  const bySession = Map.groupBy(profiles, ({ sessionId }) => sessionId)
  return new Map([...bySession].map(([id, list]) => [id, pausesBy(plannedSteps(list), now)]))
}
