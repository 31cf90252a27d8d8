import type { ConnectorStandard, CurrentType, EvseStatus, SiteAccess, SiteKind } from '@voltway/domain/stations'
import type { ChargingStationId, EpochMs, EvseId, Id, SessionId, SiteId, TariffId, TenantId } from '@voltway/units'
import type { Generated } from 'kysely'
import type { DefaultJson, Json, NullableJson } from './json-columns.ts'

export interface SiteTable {
  readonly tenant_id: TenantId
  readonly id: SiteId
  readonly name: string
  readonly kind: SiteKind
  readonly access: Generated<SiteAccess>
  readonly address: string
  readonly city: string
  readonly country: string
  readonly latitude: number
  readonly longitude: number
  readonly time_zone: string
  readonly currency: string
  readonly grid_limit_w: number | null
  readonly tariff_id: TariffId | null
  readonly operator_name: string
  readonly steering: boolean | null
  readonly phase_limits_a: readonly number[] | null
  readonly most_pauses: number | null
  readonly feed_in_per_kwh_micros: number | null
  readonly demand_per_kw_micros: number | null
  readonly demand_peak_w: Generated<number>
  readonly carbon_series: string | null
  readonly created_at: EpochMs
}

export interface ChargingStationTable {
  readonly tenant_id: TenantId
  readonly id: ChargingStationId
  readonly site_id: SiteId
  readonly identity: string
  readonly name: string
  readonly password_hash: Uint8Array | null
  readonly previous_password_hash: Uint8Array | null
  readonly open_access: Generated<boolean>
  readonly registration: Generated<'accepted' | 'pending' | 'rejected'>
  readonly inbound_mode: Generated<'lenient' | 'strict'>
  readonly ocpp_version: string | null
  readonly vendor: string | null
  readonly model: string | null
  readonly serial: string | null
  readonly firmware: string | null
  readonly booted_at: EpochMs | null
  readonly connected_at: EpochMs | null
  readonly disconnected_at: EpochMs | null
  readonly last_seen_at: EpochMs | null
  readonly link_epoch: Generated<number>
  readonly link_node: Id<'Node'> | null
  readonly shared_limit_w: number | null
  readonly phase_limit_a: number | null
  readonly capabilities: DefaultJson
  readonly next_reservation_number: Generated<number>
  readonly created_at: EpochMs
}

export interface EvseTable {
  readonly tenant_id: TenantId
  readonly id: EvseId
  readonly station_id: ChargingStationId
  readonly number: number
  readonly code: string
  readonly current_type: CurrentType
  readonly max_power_w: number
  readonly phases: Generated<number>
  readonly phase_rotation: Generated<string>
  readonly side: 'left' | 'right' | null
  readonly tariff_id: TariffId | null
  readonly status: Generated<EvseStatus>
  readonly status_reported: string | null
  readonly status_error: string | null
  readonly status_since: number | null
}

export interface ConnectorTable {
  readonly tenant_id: TenantId
  readonly evse_id: EvseId
  readonly number: number
  readonly standard: ConnectorStandard
  readonly max_power_w: number
  readonly cable_attached: boolean
}

export interface StationVariableTable {
  readonly tenant_id: TenantId
  readonly station_id: ChargingStationId
  readonly component: string
  readonly instance: Generated<string>
  readonly evse: Generated<number>
  readonly variable: string
  readonly value: string | null
  readonly mutability: string | null
  readonly reported_at: EpochMs
}

export interface StationCommandTable {
  readonly tenant_id: TenantId
  readonly id: Id<'StationCommand'>
  readonly station_id: ChargingStationId
  readonly action: string
  readonly payload: Json
  readonly requested_by: string
  readonly requested_at: EpochMs
  readonly state: 'queued' | 'answered' | 'failed' | 'expired'
  readonly answer: NullableJson
  readonly error: string | null
  readonly ended_at: EpochMs | null
  readonly node_id: Id<'Node'> | null
}

export interface AlarmTable {
  readonly tenant_id: TenantId
  readonly id: Id<'Alarm'>
  readonly kind: string
  readonly station_id: ChargingStationId | null
  readonly session_id: SessionId | null
  readonly detail: DefaultJson
  readonly raised_at: EpochMs
  readonly resolved_at: EpochMs | null
}

export interface StationTables {
  readonly 'voltway.site': SiteTable
  readonly 'voltway.charging_station': ChargingStationTable
  readonly 'voltway.evse': EvseTable
  readonly 'voltway.connector': ConnectorTable
  readonly 'voltway.station_variable': StationVariableTable
  readonly 'voltway.station_command': StationCommandTable
  readonly 'voltway.alarm': AlarmTable
}
