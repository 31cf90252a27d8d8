import type { ChargingStationId, EpochMs, EvseId, ReservationId, SessionId, SiteId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface StoredSitePlan {
  readonly siteId: SiteId
  readonly plannedAt: EpochMs
  readonly reasons: readonly string[]
  readonly endsAt: EpochMs
  readonly limitW: number | null
  readonly plannedWh: number
  readonly shortfallWh: number
  readonly costMicros: bigint
  readonly costGapNanos: bigint
  readonly shortfallGapWh: bigint
  readonly basis: unknown
  /** `nested`: exact; `full`: with a certified gap. */
  readonly planner: 'nested' | 'full'
  readonly solarWh: number
  readonly peakRiseW: number
  /** From how many past days later cars were anticipated; null where nobody was. */
  readonly anticipatedDays: number | null
  /** What was given early because of them. */
  readonly earlyWh: number | null
}

export interface StoredPlanCar {
  readonly stationId: ChargingStationId
  readonly evseId: EvseId
  readonly sessionId: SessionId | null
  readonly reservationId: ReservationId | null
  readonly schedule: unknown
  readonly plannedWh: number
  readonly shortfallWh: number
  readonly reason: unknown
  /** The site's phases that the car draws from: L1, L2, L3 or three. */
  readonly phases: string | null
}

/** Keeps a plan with its cars, and lets those go that were made before a moment. */
export const saveSitePlan = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { plan, cars, keepFrom }: { readonly plan: StoredSitePlan; readonly cars: readonly StoredPlanCar[]; readonly keepFrom: EpochMs },
): Promise<void> => {
  const { siteId, plannedAt } = plan
  await sql`delete from voltway.site_plan where tenant_id = ${tenantId} and site_id = ${siteId} and (planned_at < ${keepFrom} or planned_at = ${plannedAt})`.execute(
    tx,
  )
  await sql`
    insert into voltway.site_plan (tenant_id, site_id, planned_at, reasons, ends_at, limit_w, planned_wh, shortfall_wh, cost_micros, cost_gap_nanos,
      shortfall_gap_wh, basis, planner, solar_wh, peak_rise_w, anticipated_days, early_wh)
    values (${tenantId}, ${siteId}, ${plannedAt}, ${[...plan.reasons]}::text[], ${plan.endsAt}, ${plan.limitW}, ${plan.plannedWh}, ${plan.shortfallWh},
      ${plan.costMicros.toString()}::numeric, ${plan.costGapNanos.toString()}::numeric, ${plan.shortfallGapWh.toString()}::bigint, ${JSON.stringify(plan.basis)}::jsonb,
      ${plan.planner}, ${plan.solarWh}, ${plan.peakRiseW}, ${plan.anticipatedDays}, ${plan.earlyWh})`.execute(tx)
  await sql`
    insert into voltway.site_plan_car (tenant_id, site_id, planned_at, station_id, evse_id, session_id, reservation_id, schedule, planned_wh, shortfall_wh, reason, phases)
    select ${tenantId}::uuid, ${siteId}::uuid, ${plannedAt}::bigint, car."stationId", car."evseId", car."sessionId", car."reservationId", car.schedule,
      car."plannedWh", car."shortfallWh", car.reason, car.phases
    from jsonb_to_recordset(${JSON.stringify(cars)}::jsonb) as car("stationId" uuid, "evseId" uuid, "sessionId" uuid, "reservationId" uuid, schedule jsonb,
      "plannedWh" bigint, "shortfallWh" bigint, reason jsonb, phases text)`.execute(tx)
}

const columns = sql`site_id as "siteId", planned_at as "plannedAt", reasons, ends_at as "endsAt", limit_w as "limitW", planned_wh as "plannedWh",
  shortfall_wh as "shortfallWh", cost_micros::text as "costMicros", cost_gap_nanos::text as "costGapNanos", shortfall_gap_wh::text as "shortfallGapWh", basis,
  planner, solar_wh as "solarWh", peak_rise_w as "peakRiseW", anticipated_days as "anticipatedDays", early_wh as "earlyWh"`

type PlanText = Omit<StoredSitePlan, 'costMicros' | 'costGapNanos' | 'shortfallGapWh'> & {
  readonly costMicros: string
  readonly costGapNanos: string
  readonly shortfallGapWh: string
}
const planOf = (row: PlanText): StoredSitePlan => ({
  ...row,
  costMicros: BigInt(row.costMicros),
  costGapNanos: BigInt(row.costGapNanos),
  shortfallGapWh: BigInt(row.shortfallGapWh),
})

/** The newest plan of each of some sites. */
export const latestSitePlans = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  siteIds: readonly SiteId[],
): Promise<readonly StoredSitePlan[]> => {
  const { rows } = await sql<PlanText>`
    select distinct on (site_id) ${columns} from voltway.site_plan
    where tenant_id = ${tenantId} and site_id = any (${[...siteIds]}::uuid[])
    order by site_id, planned_at desc`.execute(tx)
  return rows.map(planOf)
}

/** What a plan holds for its cars. */
export const planCars = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { siteId, plannedAt }: Pick<StoredSitePlan, 'siteId' | 'plannedAt'>,
): Promise<readonly StoredPlanCar[]> => {
  const { rows } = await sql<StoredPlanCar>`
    select station_id as "stationId", evse_id as "evseId", session_id as "sessionId", reservation_id as "reservationId", schedule,
      planned_wh as "plannedWh", shortfall_wh as "shortfallWh", reason, phases
    from voltway.site_plan_car where tenant_id = ${tenantId} and site_id = ${siteId} and planned_at = ${plannedAt}`.execute(tx)
  return rows
}

/** What the newest plan holds for a session; undefined when none does. */
export const latestCarPlan = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  sessionId: SessionId,
): Promise<Pick<StoredPlanCar, 'schedule' | 'shortfallWh' | 'reason'> | undefined> => {
  const { rows } = await sql<Pick<StoredPlanCar, 'schedule' | 'shortfallWh' | 'reason'>>`
    select schedule, shortfall_wh as "shortfallWh", reason from voltway.site_plan_car
    where tenant_id = ${tenantId} and session_id = ${sessionId} order by planned_at desc limit 1`.execute(tx)
  return rows[0]
}
