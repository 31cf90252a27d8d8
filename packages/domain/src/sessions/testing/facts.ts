import { type EpochMs, epochMs, MINUTE } from '@voltway/units'
import type { MeterSampled, TransactionReported } from '../facts.ts'

const START = Date.UTC(2025, 5, 2, 8)
export const minute = (count: number): EpochMs => epochMs(START + count * MINUTE)

const step = (kind: TransactionReported['kind'], at: number, more: Partial<TransactionReported>): TransactionReported => ({
  kind,
  transactionId: 't1',
  naturalKey: more.seqNo === undefined ? `${kind}:${at}` : `seq:${more.seqNo}`,
  occurredAt: minute(at),
  receivedAt: minute(at),
  evse: 1,
  connector: 1,
  seqNo: undefined,
  trigger: undefined,
  chargingState: undefined,
  stopReason: undefined,
  idToken: undefined,
  reservationNumber: undefined,
  remoteStartNumber: undefined,
  registerWh: undefined,
  offline: false,
  ...more,
})

/** Facts of one transaction for tests, at minutes after a Monday's eight o'clock UTC. */
export const started = (at: number, more: Partial<TransactionReported> = {}) => step('transaction.started', at, more)
export const updated = (at: number, more: Partial<TransactionReported> = {}) => step('transaction.updated', at, more)
export const ended = (at: number, more: Partial<TransactionReported> = {}) => step('transaction.ended', at, more)

export const sample = (at: number, more: Partial<MeterSampled> = {}): MeterSampled => ({
  kind: 'meter.sampled',
  transactionId: 't1',
  payloadHash: `sample:${at}`,
  occurredAt: minute(at),
  receivedAt: minute(at),
  evse: 1,
  connector: 1,
  context: undefined,
  importWh: undefined,
  exportWh: undefined,
  powerW: undefined,
  offeredW: undefined,
  currentA: undefined,
  voltageV: undefined,
  socPercent: undefined,
  other: undefined,
  ...more,
})
