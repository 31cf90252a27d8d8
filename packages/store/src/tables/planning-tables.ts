import type { ChargingStationId, EpochMs, EvseId, ReservationId, SessionId, SiteId, TenantId } from '@voltway/units'
import type { Json } from './json-columns.ts'

export interface SitePlanTable {
  readonly tenant_id: TenantId
  readonly site_id: SiteId
  readonly planned_at: EpochMs
  readonly reasons: readonly string[]
  readonly ends_at: EpochMs
  readonly limit_w: number | null
  readonly planned_wh: number
  readonly shortfall_wh: number
  readonly cost_micros: bigint
  readonly cost_gap_nanos: bigint
  readonly shortfall_gap_wh: number
  readonly basis: Json
  readonly planner: string
  readonly solar_wh: number
  readonly peak_rise_w: number
  readonly anticipated_days: number | null
  readonly early_wh: number | null
}

export interface SitePlanCarTable {
  readonly tenant_id: TenantId
  readonly site_id: SiteId
  readonly planned_at: EpochMs
  readonly station_id: ChargingStationId
  readonly evse_id: EvseId
  readonly session_id: SessionId | null
  readonly reservation_id: ReservationId | null
  readonly schedule: Json
  readonly planned_wh: number
  readonly shortfall_wh: number
  readonly reason: Json
  readonly phases: string | null
}

export interface SiteForecastTable {
  readonly tenant_id: TenantId
  readonly site_id: SiteId
  readonly kind: 'pv' | 'load' | 'cap'
  readonly starts_at: EpochMs
  readonly ends_at: EpochMs
  readonly power_w: number
}

export interface PlanningTables {
  readonly 'voltway.site_plan': SitePlanTable
  readonly 'voltway.site_plan_car': SitePlanCarTable
  readonly 'voltway.site_forecast': SiteForecastTable
}
