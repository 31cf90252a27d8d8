import type { DecidedTransaction } from './handler.ts'

type Told = Pick<
  DecidedTransaction,
  'transactionId' | 'naturalKey' | 'occurredAt' | 'receivedAt' | 'evse' | 'connector' | 'plug' | 'vehicle' | 'fault'
>

/** A step of a transaction that says nothing of its energy or state: what was told beside it. */
export const asideStep = (told: Told): DecidedTransaction => ({
  ...told,
  kind: 'transaction.updated',
  seqNo: undefined,
  trigger: undefined,
  chargingState: undefined,
  stopReason: undefined,
  idToken: undefined,
  reservationNumber: undefined,
  remoteStartNumber: undefined,
  registerWh: undefined,
  offline: false,
})
