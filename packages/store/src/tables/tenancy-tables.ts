import type { ChargingStationId, DriverId, EpochMs, Id, TenantId } from '@voltway/units'
import type { NullableJson } from './json-columns.ts'

export interface TenantTable {
  readonly id: TenantId
  readonly name: string
  readonly created_at: EpochMs
}

export interface StationDirectoryTable {
  readonly identity: string
  readonly tenant_id: TenantId
  readonly station_id: ChargingStationId
}

export interface MembershipTable {
  readonly user_id: string
  readonly tenant_id: TenantId
  readonly role: 'owner' | 'operator' | 'viewer' | 'driver'
  readonly driver_id: DriverId | null
  readonly created_at: EpochMs
}

export interface ApiKeyTable {
  readonly id: Id<'ApiKey'>
  readonly tenant_id: TenantId
  readonly name: string
  readonly key_hash: Uint8Array
  readonly last_four: string
  readonly scopes: readonly string[]
  readonly created_at: EpochMs
  readonly revoked_at: EpochMs | null
}

export interface IdempotencyKeyTable {
  readonly tenant_id: TenantId
  readonly key: string
  readonly request_hash: Uint8Array
  readonly status: number
  readonly body: NullableJson
  readonly created_at: EpochMs
}

export interface MigrationTable {
  readonly name: string
  readonly checksum: string
  readonly applied_at: EpochMs
}

export interface TenancyTables {
  readonly 'voltway.tenant': TenantTable
  readonly 'voltway.station_directory': StationDirectoryTable
  readonly 'voltway.membership': MembershipTable
  readonly 'voltway.api_key': ApiKeyTable
  readonly 'voltway.idempotency_key': IdempotencyKeyTable
  readonly 'voltway.migration': MigrationTable
}
