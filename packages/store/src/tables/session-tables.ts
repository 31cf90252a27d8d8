import type { ReservationState } from '@voltway/domain/reservations'
import type { PlugWord } from '@voltway/domain/sessions'
import type { ChargingStationId, DriverId, EpochMs, EvseId, IdTokenId, ReservationId, SessionId, TenantId, VehicleId } from '@voltway/units'
import type { Generated, GeneratedAlways } from 'kysely'
import type { Json, NullableJson } from './json-columns.ts'

export interface ReservationTable {
  readonly tenant_id: TenantId
  readonly id: ReservationId
  readonly code: string
  readonly station_id: ChargingStationId
  readonly evse_id: EvseId
  readonly number: number
  readonly driver_id: DriverId
  readonly vehicle_id: VehicleId | null
  readonly starts_at: EpochMs
  readonly ends_at: EpochMs
  readonly during: GeneratedAlways<string>
  readonly state: ReservationState
  readonly state_cause: string | null
  readonly wish: Json
  readonly plan: Json
  readonly session_id: SessionId | null
  readonly created_at: EpochMs
  readonly pushed_at: EpochMs | null
  readonly ended_at: EpochMs | null
}

export interface SessionTable {
  readonly tenant_id: TenantId
  readonly id: SessionId
  readonly station_id: ChargingStationId
  readonly transaction_id: string
  readonly evse_id: EvseId | null
  readonly connector: number | null
  readonly driver_id: DriverId | null
  readonly vehicle_id: VehicleId | null
  readonly id_token_id: IdTokenId | null
  readonly id_token_last_four: string | null
  readonly reservation_id: ReservationId | null
  readonly state: string
  readonly charging_state: string | null
  readonly started_at: EpochMs
  readonly ended_at: EpochMs | null
  readonly charging_ended_at: EpochMs | null
  readonly import_wh: Generated<number>
  readonly export_wh: Generated<number>
  readonly power_w: number | null
  readonly power_at: EpochMs | null
  readonly import_at: EpochMs | null
  readonly soc_start: number | null
  readonly soc_percent: number | null
  readonly stop_reason: string | null
  readonly outcome: string | null
  readonly held_reasons: Generated<readonly string[]>
  readonly tariff: NullableJson
  readonly cost: NullableJson
  readonly currency: string | null
  readonly total_micros: bigint | null
  readonly last_fact_at: EpochMs
  readonly folds: Generated<number>
  readonly updated_at: EpochMs
  readonly stop_requested_by: 'driver' | 'operator' | 'reservationEnd' | null
  readonly stop_requested_at: EpochMs | null
  readonly plug: PlugWord | null
  readonly plug_at: EpochMs | null
  readonly vehicle_needs: NullableJson
  readonly vehicle_schedule: NullableJson
}

export interface ChargingProfileTable {
  readonly tenant_id: TenantId
  readonly station_id: ChargingStationId
  readonly number: number
  readonly evse: number
  readonly transaction_id: string | null
  readonly reservation_id: ReservationId | null
  readonly purpose: string
  readonly schedule: Json
  readonly sent_at: EpochMs
  readonly status: string
  readonly session_id: SessionId | null
  readonly starts_at: EpochMs | null
  readonly exact_until: EpochMs | null
  readonly phases: number | null
}

export interface SessionTables {
  readonly 'voltway.reservation': ReservationTable
  readonly 'voltway.session': SessionTable
  readonly 'voltway.charging_profile': ChargingProfileTable
}
