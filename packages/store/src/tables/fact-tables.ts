import type { ChargingState, PlugWord, StopReason, TransactionReported } from '@voltway/domain/sessions'
import type { EvseStatus } from '@voltway/domain/stations'
import type { ChargingStationId, EpochMs, TenantId } from '@voltway/units'
import type { Generated, GeneratedAlways } from 'kysely'
import type { NullableJson } from './json-columns.ts'

export interface OcppMessageTable {
  readonly tenant_id: TenantId
  readonly station_id: ChargingStationId
  readonly id: GeneratedAlways<number>
  readonly received_at: EpochMs
  readonly epoch: number
  readonly direction: 'I' | 'O'
  readonly message_id: string
  readonly action: string
  readonly request: string
  readonly response: string | null
  readonly responded_at: EpochMs | null
  readonly outcome: 'result' | 'error' | 'expired' | 'pending'
  readonly violations: NullableJson
}

export interface StatusHistoryTable {
  readonly tenant_id: TenantId
  readonly station_id: ChargingStationId
  readonly evse: number
  readonly connector: Generated<number>
  readonly occurred_at: EpochMs
  readonly received_at: EpochMs
  readonly status: EvseStatus
  readonly reported: string
  readonly cause: 'station' | 'link'
  readonly error_code: string | null
  readonly info: string | null
  readonly vendor_error_code: string | null
  readonly payload_hash: string
}

export interface MeterValueTable {
  readonly tenant_id: TenantId
  readonly station_id: ChargingStationId
  readonly evse: number
  readonly occurred_at: EpochMs
  readonly payload_hash: string
  readonly received_at: EpochMs
  readonly connector: number | null
  readonly transaction_id: string | null
  readonly context: string | null
  readonly import_wh: number | null
  readonly export_wh: number | null
  readonly power_w: number | null
  readonly offered_w: number | null
  readonly current_a: number | null
  readonly voltage_v: number | null
  readonly soc_percent: number | null
  readonly other: NullableJson
}

export interface TransactionFactTable {
  readonly tenant_id: TenantId
  readonly station_id: ChargingStationId
  readonly transaction_id: string
  readonly natural_key: string
  readonly kind: TransactionReported['kind']
  readonly occurred_at: EpochMs
  readonly received_at: EpochMs
  readonly number: number | null
  readonly evse: number | null
  readonly connector: number | null
  readonly seq_no: number | null
  readonly trigger: string | null
  readonly charging_state: ChargingState | null
  readonly stop_reason: StopReason | null
  readonly id_token_hash: Uint8Array | null
  readonly id_token_last_four: string | null
  readonly authorisation: string | null
  readonly reservation_number: number | null
  readonly remote_start_number: number | null
  readonly register_wh: number | null
  readonly offline: Generated<boolean>
  readonly plug: PlugWord | null
  readonly vehicle: NullableJson
  readonly fault: string | null
}

export interface DataTransferTable {
  readonly tenant_id: TenantId
  readonly station_id: ChargingStationId
  readonly received_at: EpochMs
  readonly vendor_id: string
  readonly message_id: string | null
  readonly data: string | null
  readonly payload_hash: string
}

export interface FactTables {
  readonly 'voltway.ocpp_message': OcppMessageTable
  readonly 'voltway.status_history': StatusHistoryTable
  readonly 'voltway.meter_value': MeterValueTable
  readonly 'voltway.transaction_fact': TransactionFactTable
  readonly 'voltway.data_transfer': DataTransferTable
}
