import type { EpochMs, TariffId, TenantId } from '@voltway/units'
import type { Generated } from 'kysely'
import type { Json } from './json-columns.ts'

export interface TariffTable {
  readonly tenant_id: TenantId
  readonly id: TariffId
  readonly name: string
  readonly version: Generated<number>
  readonly definition: Json
  readonly updated_at: EpochMs
  readonly archived_at: EpochMs | null
}

export interface TariffVersionTable {
  readonly tenant_id: TenantId
  readonly tariff_id: TariffId
  readonly version: number
  readonly definition: Json
  readonly created_at: EpochMs
}

export interface PriceSeriesTable {
  readonly tenant_id: TenantId
  readonly name: string
  readonly starts_at: EpochMs
  readonly ends_at: EpochMs
  readonly per_kwh_micros: bigint
}

export interface CarbonSeriesTable {
  readonly tenant_id: TenantId
  readonly name: string
  readonly starts_at: EpochMs
  readonly ends_at: EpochMs
  readonly grams_per_kwh: number
}

export interface TariffTables {
  readonly 'voltway.tariff': TariffTable
  readonly 'voltway.tariff_version': TariffVersionTable
  readonly 'voltway.price_series': PriceSeriesTable
  readonly 'voltway.carbon_series': CarbonSeriesTable
}
