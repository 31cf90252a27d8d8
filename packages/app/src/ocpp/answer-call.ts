import { hash } from 'node:crypto'
import {
  faultsAround,
  latestTransaction,
  numberedStart,
  openTransactions,
  raiseStationAlarm,
  transactionOwnership,
  transactionsDuring,
} from '@voltway/store'
import { type EpochMs, uuidv7 } from '@voltway/units'
import {
  type Call,
  callableAction,
  type ErrorCode,
  encodeCallError,
  encodeCallResult,
  receiveRequest,
  type Violation,
  validateResponse,
} from '@voltway/wire/ocpp'
import { checkContract } from '../certificates/check-contract.ts'
import { installContract } from '../certificates/install-contract.ts'
import { hashIdToken } from '../identity/hash-id-token.ts'
import { canBePlanned } from '../planning/can-be-planned.ts'
import { authorise } from './authorise.ts'
import { frameItem } from './frame-item.ts'
import { type CallContext, CallRefused, type Decision, type Handler } from './handler.ts'
import type { Link } from './link-services.ts'

/** A CALL as it came in. */
export interface ReceivedCall {
  readonly call: Call
  readonly raw: string
  readonly receivedAt: EpochMs
}

interface Refusal {
  readonly code: ErrorCode
  readonly description: string
  readonly violations: readonly unknown[]
}
type Reading = { readonly request: object; readonly handler: Handler; readonly violations: readonly Violation[] }

const BOOT = 'BootNotification'
/** One link raises no more: a hostile station must not bury the alarms of others. */
const MOST_ALARMS = 20
/** How often a decision may be made again because another link was quicker. */
const MOST_ATTEMPTS = 3

/** Answers one CALL of a station, after the commit of its facts, and counts it. Never throws; every CALL gets an answer. */
export async function answerCall(link: Link, received: ReceivedCall): Promise<void> {
  const { calls, network } = link.services
  const takenAt = network.now()
  const outcome = await answer(link, received)
  const action = link.room.protocol.messages.has(received.call.action) ? received.call.action : 'other'
  calls.count({ action, direction: 'in', outcome, milliseconds: network.now() - takenAt })
}

async function answer(link: Link, received: ReceivedCall): Promise<'result' | 'error' | 'repeated'> {
  const { call, raw, receivedAt } = received
  const { services, stationId } = link
  const payloadHash = hash('sha1', raw, 'base64url')
  const before = services.answers.find(stationId, call.messageId, payloadHash)
  if (before !== undefined) {
    link.send(before)
    return 'repeated'
  }
  try {
    const read = readCall(link, received, payloadHash)
    if ('code' in read) {
      await refuse(link, received, read)
      return 'error'
    }
    const answered = await decideAndWrite(link, received, read)
    if (answered.facts > 0) services.answers.keep(stationId, { messageId: call.messageId, payloadHash, frame: answered.frame })
    return 'result'
  } catch (error) {
    const refusal = refusalFor(error)
    if (!refusal) services.log.error('a CALL could not be answered', { stationId, action: call.action, error })
    const { code, description } = refusal ?? TRY_AGAIN
    await refuse(link, { call, raw, receivedAt }, { code, description, violations: [] })
    return 'error'
  }
}

const TRY_AGAIN = { code: 'InternalError', description: 'try again' } as const

/** What is the sender's own doing, and would be no better the next time. */
function refusalFor(error: unknown): Pick<Refusal, 'code' | 'description'> | undefined {
  if (error instanceof CallRefused) return { code: error.code, description: error.message }
  const outOfRange = error instanceof Error && 'code' in error && error.code === '22003'
  return outOfRange ? { code: 'PropertyConstraintViolation', description: 'a number is out of range' } : undefined
}

/** May it say this now, is it built, is it valid? */
function readCall(link: Link, { call, receivedAt }: ReceivedCall, payloadHash: string): Reading | Refusal {
  const { room, station } = link
  const refusal = (code: ErrorCode, description: string) => ({ code, description, violations: [] })
  const callable = callableAction(room.protocol, call.action, 'fromStation')
  const handler = room.handlers.get(call.action)
  if (!callable.ok) return refusal(callable.failure, `${call.action} is not supported`)
  if (!handler) return refusal('NotSupported', `${call.action} is not supported`)
  if (!link.accepted && call.action !== BOOT) return refusal('SecurityError', 'this station has not been accepted: BootNotification first')
  if (station.inboundMode === 'strict' && link.services.answers.isReused(station.stationId, call.messageId, payloadHash))
    return refusal('OccurrenceConstraintViolation', 'this message id was used for another message')
  const message = { action: call.action, payload: call.payload }
  const received = receiveRequest(room.version, message, { mode: station.inboundMode, now: receivedAt })
  if (!received.ok) return { code: received.failure.code, description: received.failure.description, violations: received.failure.issues }
  return { request: received.value.payload, handler, violations: received.value.violations }
}

async function decideAndWrite(link: Link, received: ReceivedCall, { request, handler, violations }: Reading) {
  const { call, raw, receivedAt } = received
  const context = contextOf(link, receivedAt)
  for (let attempt = 1; ; attempt++) {
    const decision = await handler.decide(request, context)
    const frame = encodeReply(link, call, decision)
    const item = frameItem(
      link,
      { raw, receivedAt, messageId: call.messageId, action: call.action, response: frame, outcome: 'result', violations },
      decision.facts,
    )
    if (decision.facts.length === 0) {
      // Nothing to lose: answered at once, and kept with the next batch before this station is heard again.
      link.send(frame)
      await link.services.ingest.submit(item).catch((error: unknown) => link.services.log.error('a frame could not be kept', { error }))
    } else {
      const { inserted } = await link.services.ingest.submit(item)
      if (decision.restsOnFirstFact && inserted === 0 && attempt < MOST_ATTEMPTS) continue
      link.send(frame)
    }
    await afterwards(link, call, decision)
    return { frame, facts: decision.facts.length }
  }
}

/** What we say is held against the schema as what we hear is. */
function encodeReply({ room }: Link, { messageId, action }: Call, { reply }: Decision): string {
  const valid = validateResponse(room.version, action, reply)
  if (!valid.ok) throw new Error(`our own answer to ${action} is not valid: ${valid.failure.description}`)
  return encodeCallResult(messageId, reply)
}

/** What follows from a decision besides its facts. */
async function afterwards(link: Link, { action }: Call, { facts, alarms = [] }: Decision) {
  const { services, station } = link
  for (const fact of facts) {
    if (fact.kind === 'transaction.ended') link.transactions.delete(fact.transactionId)
    else if (fact.kind === 'transaction.started' || (fact.kind === 'transaction.updated' && !fact.plug && !fact.vehicle && !fact.fault))
      rememberTransaction(link, fact.transactionId, fact.evse)
    else if (fact.kind === 'status.reported') link.statusHeard.set(fact.evse, fact)
  }
  for (const { kind, detail } of alarms) {
    if (++link.alarmsRaised > MOST_ALARMS) break
    const now = services.clock.now()
    const alarm = { ...station, id: uuidv7(now, services.random), kind, detail, raisedAt: now }
    services.log.warn('a station spoke of a transaction that is not its own', { stationId: station.stationId, kind, ...detail })
    await services.db
      .inTenant(station.tenantId, (tx) => raiseStationAlarm(tx, alarm))
      .then(() => services.onWritten(station.tenantId))
      .catch((error: unknown) => services.log.error('an alarm could not be raised', { error }))
  }
  if (action === BOOT) {
    link.booted = true
    link.accepted = station.registration === 'accepted'
    if (link.accepted) services.onBooted(link)
  }
}

async function refuse(link: Link, { call, raw, receivedAt }: ReceivedCall, { code, description, violations }: Refusal) {
  const response = encodeCallError(link.room.version, { messageId: call.messageId, code, description })
  link.send(response)
  const item = frameItem(link, { raw, receivedAt, messageId: call.messageId, action: call.action, response, outcome: 'error', violations })
  await link.services.ingest.submit(item).catch((error: unknown) => link.services.log.error('a frame could not be kept', { error }))
}

/** Transactions of one station that are remembered, so that a meter value needs no question. */
const MOST_TRANSACTIONS = 32

function rememberTransaction({ transactions }: Link, transactionId: string, evse: number | undefined) {
  const place = evse ?? transactions.get(transactionId)?.evse ?? null
  transactions.set(transactionId, { own: true, evse: place, ended: false, foreign: false })
  const [oldest] = transactions.keys()
  if (transactions.size > MOST_TRANSACTIONS && oldest !== undefined) transactions.delete(oldest)
}

function contextOf(link: Link, receivedAt: EpochMs): CallContext {
  const { services, station } = link
  const { tenantId, stationId, registration } = station
  const { db, hmacKey, heartbeatSeconds, ocsp, random, contracts } = services
  return {
    station: { tenantId, stationId },
    receivedAt,
    registration,
    heartbeatSeconds,
    activity: link.activity,
    lastStatus: (evse) => link.statusHeard.get(evse),
    asOfLink: (occurredAt) => link.asOfLink(occurredAt),
    tokenHash: (idToken) => Buffer.from(hashIdToken(idToken, hmacKey)).toString('hex'),
    authorise: (token) => db.inTenant(tenantId, (tx) => authorise(tx, { ...token, tenantId, stationId, now: receivedAt, hmacKey })),
    contract: (contract) => checkContract(contract, { db, hmacKey, ocsp, tenantId, now: receivedAt }),
    askOcsp: ocsp.ask,
    installContract: (request) => installContract(request, { db, hmacKey, ocsp, random, authority: contracts, tenantId, now: receivedAt }),
    numberedStart: (naturalKey) => db.inTenant(tenantId, (tx) => numberedStart(tx, station, naturalKey)),
    canBePlanned: (evse) => db.inTenant(tenantId, (tx) => canBePlanned(tx, station, evse)),
    openTransactions: () => db.inTenant(tenantId, (tx) => openTransactions(tx, station)),
    transactionsDuring: (span) => db.inTenant(tenantId, (tx) => transactionsDuring(tx, station, span)),
    faultsAround: (span) => db.inTenant(tenantId, (tx) => faultsAround(tx, station, span)),
    latestTransaction: (evse, at) => db.inTenant(tenantId, (tx) => latestTransaction(tx, station, { evse, at })),
    transaction: async (transactionId) => {
      const known = link.transactions.get(transactionId)
      if (known) return known
      const found = await db.inTenant(tenantId, (tx) => transactionOwnership(tx, station, transactionId))
      if (found.own && !found.ended) rememberTransaction(link, transactionId, found.evse ?? undefined)
      return found
    },
  }
}
