import type { PlanBasis, ReplanReason, SteeringPlan } from '@voltway/domain/planning/steering'
import { appendOutbox, type StoredPlanCar, saveSitePlan } from '@voltway/store'
import { DAY, epochMs, type TenantId } from '@voltway/units'
import type { Services } from '../services.ts'
import type { ReadSite } from './read-site.ts'
import { periodsToJson } from './schedule-json.ts'

/** Plans are kept for a look back. */
const KEPT = 7 * DAY

export interface MadePlan {
  readonly found: ReadSite
  readonly plan: SteeringPlan
  readonly reasons: readonly ReplanReason[]
  readonly basis: PlanBasis
}

/** Writes a plan down with all that is in it, and tells those who watch the site. */
export const keepPlan = async (services: Services, tenantId: TenantId, { found, plan, reasons, basis }: MadePlan): Promise<void> => {
  const { row, site, places } = found
  const { grid } = plan
  const cars = plan.cars.map(({ schedule, planned, shortfall, reason }, car): StoredPlanCar => {
    const { evse, session, reservation } = places[car]!
    return {
      stationId: evse.stationId,
      evseId: evse.id,
      sessionId: session?.id ?? null,
      reservationId: session ? session.reservationId : (reservation?.id ?? null),
      schedule: { start: schedule.start, periods: periodsToJson(schedule), exactUntil: schedule.exactUntil },
      plannedWh: planned,
      shortfallWh: shortfall,
      reason,
      phases: site.cars[car]!.phases ?? null,
    }
  })
  const stored = {
    siteId: row.id,
    plannedAt: site.now,
    reasons,
    endsAt: epochMs(grid.start + grid.count * grid.slotLength),
    limitW: site.limit ?? null,
    plannedWh: plan.planned,
    shortfallWh: plan.shortfall,
    costMicros: plan.costNanos / 1_000n,
    costGapNanos: plan.costGapNanos,
    shortfallGapWh: plan.shortfallGapWh,
    basis,
    planner: plan.planner,
    solarWh: plan.solar,
    peakRiseW: plan.peakRise,
    anticipatedDays: plan.anticipated?.days ?? null,
    earlyWh: plan.anticipated?.early ?? null,
  }
  await services.db.inTenant(tenantId, async (tx) => {
    await saveSitePlan(tx, tenantId, { plan: stored, cars, keepFrom: epochMs(site.now - KEPT) })
    await appendOutbox(tx, tenantId, [
      { type: 'site.planned', subject: row.id, data: { siteId: row.id, reasons }, recordedAt: services.clock.now() },
    ])
  })
  services.live.wake(tenantId)
}
