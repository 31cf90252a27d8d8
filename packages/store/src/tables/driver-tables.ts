import type { DriverId, EpochMs, Id, IdTokenId, ReservationId, SessionId, TenantId, VehicleId } from '@voltway/units'
import type { Generated } from 'kysely'
import type { DefaultJson, Json } from './json-columns.ts'

export interface PersonTable {
  readonly tenant_id: TenantId
  readonly id: Id<'Person'>
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly locale: Generated<string>
}

export interface DriverTable {
  readonly tenant_id: TenantId
  readonly id: DriverId
  readonly person_id: Id<'Person'>
  readonly state: Generated<'active' | 'blocked'>
  readonly app_token: string
  readonly group_token: string
  readonly created_at: EpochMs
}

export interface VehicleTable {
  readonly tenant_id: TenantId
  readonly id: VehicleId
  readonly driver_id: DriverId
  readonly label: string
  readonly battery_wh: number
  readonly max_ac_w: number
  readonly max_dc_w: number | null
  readonly connector_standards: readonly string[]
}

export interface IdTokenTable {
  readonly tenant_id: TenantId
  readonly id: IdTokenId
  readonly token_hash: Uint8Array
  readonly last_four: string
  readonly type: 'rfid' | 'app' | 'contract' | 'other'
  readonly label: string
  readonly driver_id: DriverId | null
  readonly state: Generated<'active' | 'blocked'>
  readonly expires_at: EpochMs | null
  readonly created_at: EpochMs
  readonly last_used_at: EpochMs | null
}

export interface PushSubscriptionTable {
  readonly tenant_id: TenantId
  readonly driver_id: DriverId
  readonly endpoint: string
  readonly keys: Json
  readonly created_at: EpochMs
}

export interface NotificationTable {
  readonly tenant_id: TenantId
  readonly id: Id<'Notification'>
  readonly driver_id: DriverId
  readonly session_id: SessionId | null
  readonly reservation_id: ReservationId | null
  readonly kind: string
  readonly data: DefaultJson
  readonly created_at: EpochMs
  readonly read_at: EpochMs | null
}

export interface DriverTables {
  readonly 'voltway.person': PersonTable
  readonly 'voltway.driver': DriverTable
  readonly 'voltway.vehicle': VehicleTable
  readonly 'voltway.id_token': IdTokenTable
  readonly 'voltway.push_subscription': PushSubscriptionTable
  readonly 'voltway.notification': NotificationTable
}
