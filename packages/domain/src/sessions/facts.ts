import type { EpochMs, Percent, WattHours, Watts } from '@voltway/units'
import type { EvseStatus } from '../stations/evse-status.ts'
import type { VehicleWord } from './vehicle-words.ts'

/** What every fact carries: when it happened by the station's clock, and when we heard of it. */
export interface FactTimes {
  /** Station time, bounded and normalised; the receive time where the station gave none that can be. */
  readonly occurredAt: EpochMs
  readonly receivedAt: EpochMs
}

/** Which EVSE and connector by the station's own numbers; 0 means the whole station. 1.6 connector n is EVSE n, connector 1. */
export interface EvseKey {
  readonly evse: number
  readonly connector: number | undefined
}

export interface StationBooted extends FactTimes {
  readonly kind: 'station.booted'
  readonly vendor: string
  readonly model: string
  readonly serial: string | undefined
  readonly firmware: string | undefined
  readonly reason: string | undefined
}

export interface StatusReported extends FactTimes, EvseKey {
  readonly kind: 'status.reported'
  readonly status: EvseStatus
  /** The station's own word, kept beside ours. */
  readonly reported: string
  readonly errorCode: string | undefined
  readonly info: string | undefined
  readonly vendorErrorCode: string | undefined
}

export type ChargingState = 'connected' | 'charging' | 'suspendedByVehicle' | 'suspendedByStation' | 'idle'
export type StopReason =
  | 'driver'
  | 'operator'
  | 'batteryFull'
  | 'reservationEnded'
  | 'unplugged'
  | 'unauthorised'
  | 'powerLoss'
  | 'reset'
  | 'fault'
  | 'energyLimit'
  | 'timeLimit'
  | 'other'

/** Whether the plug can be pulled. */
export type PlugWord = 'locked' | 'unlocked'

/** One step of an OCPP transaction. Natural key: (station, transaction, sequence). */
export interface TransactionReported extends FactTimes, Partial<EvseKey> {
  readonly kind: 'transaction.started' | 'transaction.updated' | 'transaction.ended'
  /** 2.x transactionId, or the decimal of our 1.6 integer; an orphan 1.6 stop names what the station sent. */
  readonly transactionId: string
  /**
   * What makes the fact the same fact when it is sent again. 2.x: `seq:<seqNo>`. 1.6 start:
   * `start:<connector>:<idTag>:<timestamp>:<meterStart>`; 1.6 stop: `stop`. The plug's lock: `plug:<word>:<time>`. A fault: `fault:<code>:<time>`. The car:
   * `vehicle:<word>:<time heard>`.
   */
  readonly naturalKey: string
  readonly seqNo: number | undefined
  readonly trigger: string | undefined
  readonly chargingState: ChargingState | undefined
  readonly stopReason: StopReason | undefined
  /** As presented; stored only as keyed hash and last digits. */
  readonly idToken: string | undefined
  readonly reservationNumber: number | undefined
  readonly remoteStartNumber: number | undefined
  /** Meter register at this step, where the message has one (1.6 meterStart, meterStop). */
  readonly registerWh: WattHours | undefined
  readonly offline: boolean
  /** What the station said of the plug's lock, and nothing else in this step; said after the end as a rule. */
  readonly plug?: PlugWord | undefined
  /** What broke at the connector, in the station's own word, and nothing else in this step. */
  readonly fault?: string | undefined
  /** What the car said of itself over its cable, and nothing else in this step. */
  readonly vehicle?: VehicleWord | undefined
}

/** One reading of one meter at one moment. Natural key: (station, EVSE, station time, payload hash). */
export interface MeterSampled extends FactTimes, EvseKey {
  readonly kind: 'meter.sampled'
  readonly transactionId: string | undefined
  readonly payloadHash: string
  readonly context: string | undefined
  /** Energy.Active.Import.Register: what the car was given, cumulative. */
  readonly importWh: WattHours | undefined
  /** Energy.Active.Export.Register: what the car gave back, cumulative. */
  readonly exportWh: WattHours | undefined
  readonly powerW: Watts | undefined
  readonly offeredW: Watts | undefined
  readonly currentA: number | undefined
  readonly voltageV: number | undefined
  readonly socPercent: Percent | undefined
  /** Everything else that was sampled, as read. */
  readonly other: Readonly<Record<string, unknown>> | undefined
}

export interface VariablesReported extends FactTimes {
  readonly kind: 'variables.reported'
  readonly requestId: number
  readonly seqNo: number
  readonly variables: readonly {
    readonly component: string
    readonly instance: string | undefined
    readonly evse: number | undefined
    readonly variable: string
    readonly value: string | undefined
    readonly mutability: string | undefined
  }[]
}

export interface DataTransferred extends FactTimes {
  readonly kind: 'data.transferred'
  readonly vendorId: string
  readonly messageId: string | undefined
  readonly data: string | undefined
}

/** What a station said, in our own words, whatever its OCPP version. */
export type StationFact = StationBooted | StatusReported | TransactionReported | MeterSampled | VariablesReported | DataTransferred
