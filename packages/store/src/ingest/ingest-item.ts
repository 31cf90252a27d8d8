import type {
  DataTransferred,
  MeterSampled,
  StationBooted,
  StatusReported,
  TransactionReported,
  VariablesReported,
} from '@voltway/domain/sessions'
import type { ChargingStationId, EpochMs, TenantId } from '@voltway/units'

/** A transaction's step as it is stored: the token only as keyed hash and last characters, and what it was worth when it was shown. */
export interface StoredTransactionFact extends Omit<TransactionReported, 'idToken'> {
  readonly idTokenHash?: Uint8Array | undefined
  readonly idTokenLastFour?: string | undefined
  readonly authorisation?: string | undefined
  /** 1.6: our integer, on the start only; a sequence of the station. */
  readonly number?: number | undefined
}

/** A status, and whether the station or its link made it so; the station unless told. */
export interface StoredStatus extends StatusReported {
  readonly cause?: 'station' | 'link' | undefined
}

export type StoredFact = StationBooted | StoredStatus | StoredTransactionFact | MeterSampled | VariablesReported | DataTransferred

/** A CALL as it was on the wire, and our answer to it. */
export interface RawFrame {
  readonly epoch: number
  readonly messageId: string
  readonly action: string
  readonly receivedAt: EpochMs
  readonly request: string
  readonly response: string | undefined
  readonly outcome: 'result' | 'error' | 'expired' | 'pending'
  /** What was wrong with the request, as JSON can carry it. */
  readonly violations: readonly unknown[] | undefined
  /** `I`, the station asked, unless told. */
  readonly direction?: 'I' | 'O' | undefined
  readonly respondedAt?: EpochMs | undefined
}

/** One message of one authenticated link: what it said, and the facts in it. Tenant and station are the link's. */
export interface IngestItem {
  readonly tenantId: TenantId
  readonly stationId: ChargingStationId
  readonly frame: RawFrame | undefined
  readonly facts: readonly StoredFact[]
}

export interface IngestResult {
  /** Facts that were new. */
  readonly inserted: number
  /** Facts that were known by their natural keys. */
  readonly duplicates: number
}
