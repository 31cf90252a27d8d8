import type { Element } from './binary-array.ts'
import type { IngestItem, StoredFact, StoredTransactionFact } from './ingest-item.ts'
import type { PartName } from './ingest-parts.ts'
import { payloadHash } from './payload-hash.ts'
import { storableJson, storableText as text } from './storable-text.ts'

/** A row to write, in the order of its part's columns. */
export interface IngestRow {
  readonly values: readonly Element[]
  /** As the statement gives it back. */
  readonly key: string
  /** Which fact of the batch it comes from; undefined for raw frames. */
  readonly fact: number | undefined
}

export type PutRow = (part: PartName, row: IngestRow) => void

type Put = (part: PartName, values: readonly Element[], key: string) => void
type FactOf<Kind> = Extract<StoredFact, { readonly kind: Kind }>

const putTransaction = ({ tenantId, stationId }: IngestItem, fact: StoredTransactionFact, put: Put) => {
  const [transactionId, naturalKey] = [text(fact.transactionId), text(fact.naturalKey)]
  const place = [
    tenantId,
    stationId,
    transactionId,
    naturalKey,
    fact.kind,
    fact.occurredAt,
    fact.receivedAt,
    fact.number,
    fact.evse,
    fact.connector,
  ]
  const step = [fact.seqNo, text(fact.trigger), fact.chargingState, fact.stopReason]
  const token = [fact.idTokenHash, text(fact.idTokenLastFour), fact.authorisation]
  const booked = [fact.reservationNumber, fact.remoteStartNumber]
  const values = [
    ...place,
    ...step,
    ...token,
    ...booked,
    fact.registerWh,
    fact.offline,
    fact.plug,
    storableJson(fact.vehicle),
    text(fact.fault),
  ]
  const part = fact.kind === 'transaction.started' && fact.number !== undefined ? 'start' : 'step'
  put(part, values, `${stationId}|${transactionId}|${naturalKey}`)
}

const putStatus = ({ tenantId, stationId }: IngestItem, fact: FactOf<'status.reported'>, put: Put) => {
  const connector = fact.connector ?? 0
  const { evse, occurredAt, receivedAt, status, cause = 'station' } = fact
  const words = [text(fact.errorCode), text(fact.info), text(fact.vendorErrorCode)]
  const reported = text(fact.reported)
  const hash = payloadHash(status, reported, ...words)
  const values = [tenantId, stationId, evse, connector, occurredAt, receivedAt, status, reported, cause, ...words, hash]
  put('status', values, `${stationId}|${evse}|${connector}|${occurredAt}|${hash}`)
}

const putMeter = ({ tenantId, stationId }: IngestItem, fact: FactOf<'meter.sampled'>, put: Put) => {
  const { evse, occurredAt, receivedAt } = fact
  const hash = text(fact.payloadHash)
  const place = [tenantId, stationId, evse, occurredAt, hash, receivedAt, fact.connector, text(fact.transactionId), text(fact.context)]
  const measured = [fact.importWh, fact.exportWh, fact.powerW, fact.offeredW, fact.currentA, fact.voltageV, fact.socPercent]
  put('meter', [...place, ...measured, storableJson(fact.other)], `${stationId}|${evse}|${occurredAt}|${hash}`)
}

const putVariables = ({ tenantId, stationId }: IngestItem, { variables, occurredAt }: FactOf<'variables.reported'>, put: Put) => {
  for (const { evse = 0, ...one } of variables) {
    const [component, instance, variable] = [text(one.component), text(one.instance ?? ''), text(one.variable)]
    const values = [tenantId, stationId, component, instance, evse, variable, text(one.value), text(one.mutability), occurredAt]
    put('variable', values, `${stationId}|${component}|${instance}|${evse}|${variable}`)
  }
}

const putTransfer = ({ tenantId, stationId }: IngestItem, fact: FactOf<'data.transferred'>, put: Put) => {
  const said = [text(fact.vendorId), text(fact.messageId), text(fact.data)]
  const hash = payloadHash(...said)
  put('transfer', [tenantId, stationId, fact.receivedAt, ...said, hash], `${stationId}|${fact.receivedAt}|${hash}`)
}

const putBoot = ({ tenantId, stationId }: IngestItem, fact: FactOf<'station.booted'>, put: Put) =>
  put(
    'boot',
    [tenantId, stationId, fact.receivedAt, text(fact.vendor), text(fact.model), text(fact.serial), text(fact.firmware)],
    stationId,
  )

const putFact = (item: IngestItem, fact: StoredFact, put: Put) => {
  switch (fact.kind) {
    case 'meter.sampled':
      return putMeter(item, fact, put)
    case 'transaction.started':
    case 'transaction.updated':
    case 'transaction.ended':
      return putTransaction(item, fact, put)
    case 'status.reported':
      return putStatus(item, fact, put)
    case 'station.booted':
      return putBoot(item, fact, put)
    case 'variables.reported':
      return putVariables(item, fact, put)
    case 'data.transferred':
      return putTransfer(item, fact, put)
  }
}

const frameOf = ({ tenantId, stationId, frame }: IngestItem): readonly Element[] | undefined => {
  if (frame === undefined) return undefined
  const { receivedAt, epoch, direction = 'I', respondedAt, outcome } = frame
  const words = [text(frame.messageId), text(frame.action), text(frame.request), text(frame.response)]
  return [tenantId, stationId, receivedAt, epoch, direction, ...words, respondedAt, outcome, storableJson(frame.violations)]
}

/** Takes an item apart into rows; its facts are numbered from `firstFact`. */
export const putRows = (item: IngestItem, firstFact: number, put: PutRow) => {
  const frame = frameOf(item)
  if (frame) put('frame', { values: frame, key: '', fact: undefined })
  for (const [index, fact] of item.facts.entries())
    putFact(item, fact, (part, values, key) => put(part, { values, key, fact: firstFact + index }))
}
