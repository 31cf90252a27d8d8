import { foldSession, implausible, type SessionFold, type SessionOutcome, sessionOutcome, usageOf } from '@voltway/domain/sessions'
import { costOf, parseTariff, resolveTariff, type Tariff, tariffToJson } from '@voltway/domain/tariffs'
import {
  appendOutbox,
  evsePlaceText,
  FROM_THE_START,
  factsOfTransactions,
  lockSessions,
  moveReservation,
  type OutboxEvent,
  type ProjectedSession,
  type SavedSession,
  type SessionRow,
  savePlug,
  saveSessions,
  type TransactionFacts,
  type TransactionKey,
  type TransactionPlace,
  type TransactionSince,
  type Tx,
  transactionPlaces,
  transactionText,
} from '@voltway/store'
import { after, DAY, type EpochMs, type SessionId, type TenantId, uuidv7 } from '@voltway/units'
import { movingPrices } from '../charging/moving-prices.ts'
import type { SessionProgress } from '../metrics/create-metrics.ts'
import type { Services } from '../services.ts'
import { costToJson } from './cost-to-json.ts'
import type { JobServices } from './job.ts'
import { knownOwner, type SessionOwner, sessionOwner } from './session-owner.ts'

const tariffFrom = (json: unknown): Tariff | undefined => {
  const parsed = json ? parseTariff(json) : undefined
  return parsed?.ok ? parsed.value : undefined
}

/** A listed price that moves is fixed for this long ahead when a session starts without an accepted plan. */
const FIXED_AHEAD = 2 * DAY

interface Agreement {
  readonly tenantId: TenantId
  readonly session: ProjectedSession | undefined
  readonly owner: SessionOwner
  readonly place: TransactionPlace
  readonly fold: SessionFold
}

/** What the session is priced with: as agreed before, else the accepted plan's frozen tariff, else today's list at its start. */
const sessionTariff = async (tx: Tx, { tenantId, session, owner, place, fold }: Agreement): Promise<Tariff | undefined> => {
  const agreed = tariffFrom(session?.tariff) ?? tariffFrom((owner.reservation?.plan as { tariff?: unknown } | undefined)?.tariff)
  if (agreed) return agreed
  const listed = tariffFrom(place.tariff)
  if (!listed) return undefined
  const at = fold.startedAt
  const moving = await movingPrices(tx, tenantId, { siteId: place.siteId, tariff: listed, from: at, to: after(at, FIXED_AHEAD) })
  return resolveTariff(listed, { at, slotTaken: false, ...moving })
}

const ASKED: Readonly<Record<string, string>> = { driver: 'driver', operator: 'operator', reservationEnd: 'reservationEnded' }

/** `reached`, or `missed:cause`, and after a fault the station's own word for it. */
const outcomeText = ({ reached, lost }: SessionOutcome, { fault }: SessionFold): string => {
  if (!lost) return reached
  return lost.cause === 'fault' && fault !== undefined ? `${lost.step}:fault:${fault}` : `${lost.step}:${lost.cause}`
}

const rowOf = (
  known: {
    readonly id: SessionId
    readonly session: ProjectedSession | undefined
    readonly owner: SessionOwner
    readonly place: TransactionPlace
    readonly fold: SessionFold
    readonly tariff: Tariff | undefined
    readonly authorised: boolean
    readonly lastFour: string | undefined
  },
  services: Services,
): SessionRow => {
  const { session, owner, place, fold, tariff } = known
  const asOf = fold.endedAt ?? fold.lastFactAt
  const cost = tariff && costOf(tariff, usageOf(fold, asOf))
  const doubts = [...fold.suspect, ...(fold.endedAt ? implausible(fold.points, place.maxPowerW) : []), ...(tariff ? [] : ['tariffUnknown'])]
  const held = fold.endedAt !== undefined && doubts.length > 0 && !session?.review
  const outcome = sessionOutcome(fold, { authorised: known.authorised, paid: false })
  // The station only knows that it was told to stop; we know by whom.
  const asked =
    session?.stopRequestedBy && ['operator', 'other', undefined].includes(fold.stopReason) ? ASKED[session.stopRequestedBy] : undefined
  return {
    id: known.id,
    evseId: place.evseId,
    connector: fold.evse?.connector,
    driverId: owner.driverId,
    vehicleId: owner.vehicleId,
    idTokenId: owner.idTokenId,
    idTokenLastFour: known.lastFour,
    reservationId: owner.reservationId,
    state: held ? 'held' : fold.state === 'held' ? 'ended' : fold.state,
    chargingState: fold.chargingState,
    startedAt: fold.startedAt,
    endedAt: fold.endedAt,
    chargingEndedAt: fold.chargingEndedAt,
    importWh: fold.importWh,
    exportWh: fold.exportWh,
    importAt: fold.importAt,
    powerW: fold.powerW,
    powerAt: fold.powerAt,
    socStart: fold.socStart,
    socPercent: fold.socPercent,
    stopReason: fold.endedAt ? (asked ?? fold.stopReason) : undefined,
    outcome: outcomeText(outcome, fold),
    heldReasons: held ? [...new Set(doubts)] : [],
    tariff: tariff && tariffToJson(tariff),
    cost: cost && costToJson(cost),
    currency: cost?.currency,
    totalMicros: cost?.totalMicros,
    lastFactAt: fold.lastFactAt,
    updatedAt: services.clock.now(),
    plug: fold.plug,
    vehicleNeeds: fold.vehicleNeeds,
    vehicleSchedule: fold.vehicleSchedule,
  }
}

const eventsOf = (row: SessionRow, before: ProjectedSession | undefined, services: Services): readonly OutboxEvent[] => {
  const data = { sessionId: row.id, driverId: row.driverId ?? null, evseId: row.evseId ?? null }
  const event = (type: string): OutboxEvent => ({ type, subject: row.id, data, recordedAt: services.clock.now() })
  const ended = row.endedAt !== undefined && (before?.endedAt ?? null) === null
  const held = row.state === 'held' && before?.state !== 'held'
  return [event('session.changed'), ...(ended ? [event('session.ended')] : []), ...(held ? [event('session.held')] : [])]
}

/** How an attempt to charge went, as it is counted: getting paid is no matter of charging. */
const attemptOf = (fold: SessionFold, authorised: boolean): string => {
  const { lost } = sessionOutcome(fold, { authorised, paid: false })
  return !lost || lost.step === 'paid' ? 'success' : lost.cause
}

/** Where a reservation's use begins or ends; at other folds it stays as it is. */
const followReservation = async (
  tx: Tx,
  tenantId: TenantId,
  { row, before, services }: { readonly row: SessionRow; readonly before: ProjectedSession | undefined; readonly services: Services },
) => {
  const id = row.reservationId
  const ended = row.endedAt !== undefined && (before?.endedAt ?? null) === null
  if (!id || (before && !ended)) return []
  const at = services.clock.now()
  const begun = !before && (await moveReservation(tx, tenantId, id, { from: ['confirmed', 'pushed'], to: 'active', sessionId: row.id, at }))
  const done = ended && (await moveReservation(tx, tenantId, id, { from: ['active'], to: 'completed', at }))
  const data = { reservationId: id, evseId: row.evseId ?? null, driverId: row.driverId ?? null }
  return begun || done ? [{ type: 'reservation.changed', subject: id, data, recordedAt: at }] : []
}

/** One transaction with all that was looked up of it. */
interface Folded {
  readonly key: TransactionKey
  readonly facts: TransactionFacts
  readonly fold: SessionFold
  readonly place: TransactionPlace
  readonly session: ProjectedSession | undefined
}

interface Projected extends SavedSession {
  readonly before: ProjectedSession | undefined
  readonly facts: TransactionFacts
  readonly progress: SessionProgress
}

/** The plug is freed after the transaction ended, by when the session may have been billed: nothing else of it moves any more. */
const notePlug = async (tx: Tx, { key, session, fold }: Folded, services: Services): Promise<readonly OutboxEvent[]> => {
  if (!session || !fold.plug || !(await savePlug(tx, key, fold.plug))) return []
  const data = { sessionId: session.id, driverId: session.driverId, evseId: null }
  return [{ type: 'session.changed', subject: session.id, data, recordedAt: services.clock.now() }]
}

const project = async (tx: Tx, folded: Folded, services: Services): Promise<Projected> => {
  const { key, facts, fold, place, session } = folded
  const { tenantId } = key
  const { steps } = facts
  const owner = session ? knownOwner(session) : await sessionOwner(tx, { tenantId, place, fold, steps, hmacKey: services.secrets.hmacKey })
  const id = session?.id ?? uuidv7<'Session'>(services.clock.now(), services.random)
  const authorised = steps.some(
    ({ authorisation, idTokenHash }) => idTokenHash && (authorisation === undefined || authorisation === 'accepted'),
  )
  const lastFour = steps.find(({ idTokenLastFour }) => idTokenLastFour)?.idTokenLastFour
  const tariff = await sessionTariff(tx, { tenantId, session, owner, place, fold })
  const row = rowOf({ id, session, owner, place, fold, tariff, authorised, lastFour }, services)
  const hasEnded = row.endedAt !== undefined && (session?.endedAt ?? null) === null
  const progress = { importedWh: row.importWh - (session?.importWh ?? 0), ended: hasEnded ? attemptOf(fold, authorised) : undefined }
  return { ...key, row, before: session, facts, progress }
}

/** Transactions of one tenant. */
export interface SomeTransactions {
  readonly tenantId: TenantId
  readonly transactions: readonly TransactionSince[]
}

/** What is known already gives way to what was read, which is all that was said from that instant on. */
const joined = (known: TransactionFacts, from: EpochMs, read: TransactionFacts): TransactionFacts => {
  const before = ({ occurredAt }: { readonly occurredAt: EpochMs }) => occurredAt < from
  return { steps: [...known.steps.filter(before), ...read.steps], readings: [...known.readings.filter(before), ...read.readings] }
}

/** All facts of some transactions: of those that this process folded last, only the new ones are read. */
const factsOf = async (
  tx: Tx,
  { tenantId, transactions }: SomeTransactions,
  known: (transaction: TransactionSince) => TransactionFacts | undefined,
): Promise<(transaction: TransactionSince) => TransactionFacts> => {
  const wanted = transactions.map((one) => (known(one) ? one : { ...one, from: FROM_THE_START }))
  const said = await factsOfTransactions(tx, tenantId, wanted)
  return (transaction) => {
    const [before, read] = [known(transaction), said.get(transactionText(transaction))!]
    return before ? joined(before, transaction.from, read) : read
  }
}

/** Those that are, or can be, a session. */
const lookUp = async (tx: Tx, some: SomeTransactions, services: JobServices): Promise<readonly Folded[]> => {
  const { tenantId, transactions } = some
  const sessions = await lockSessions(tx, tenantId, transactions)
  const said = await factsOf(tx, some, (one) => {
    const session = sessions.get(transactionText(one))
    return session && services.remembered.find({ tenantId, ...one }, session.folds)
  })
  const folds = transactions.flatMap((transaction) => {
    const facts = said(transaction)
    if (facts.steps.length === 0) return []
    const fold = foldSession([...facts.steps, ...facts.readings])
    return [{ transaction, facts, fold, at: { stationId: transaction.stationId, evse: fold.evse?.evse ?? 1 } }]
  })
  const places = await transactionPlaces(
    tx,
    tenantId,
    folds.map(({ at }) => at),
  )
  return folds.flatMap(({ transaction, facts, fold, at }) => {
    const place = places.get(evsePlaceText(at))
    const session = sessions.get(transactionText(transaction))
    if (!place) services.log.warn('transaction at an EVSE that is not known', at)
    const { stationId, transactionId } = transaction
    return place ? [{ key: { tenantId, stationId, transactionId }, facts, fold, place, session }] : []
  })
}

/** What is to be done once the folds are committed. */
export interface Committed {
  readonly progress: readonly SessionProgress[]
  readonly remember: () => void
}

/** A session that is over is not folded again, or seldom. */
const remember = ({ before, row, facts, ...key }: Projected, tenantId: TenantId, { remembered }: JobServices) => {
  const { stationId, transactionId } = key
  const transaction = { tenantId, stationId, transactionId }
  if (row.endedAt === undefined) remembered.keep(transaction, (before?.folds ?? 0) + 1, facts)
  else remembered.forget(transaction)
}

/**
 * Folds everything that was said about some transactions into their session rows, prices them, and moves their bookings on, in the
 * caller's transaction: a few statements for all of them. Running it again changes nothing.
 */
export async function projectSessions(tx: Tx, some: SomeTransactions, services: JobServices): Promise<Committed> {
  const { tenantId } = some
  const projected: Projected[] = []
  const events: OutboxEvent[] = []
  for (const folded of await lookUp(tx, some, services)) {
    if (folded.session?.state === 'billed') events.push(...(await notePlug(tx, folded, services)))
    else projected.push(await project(tx, folded, services))
  }
  await saveSessions(tx, tenantId, projected)
  for (const { row, before } of projected)
    events.push(...eventsOf(row, before, services), ...(await followReservation(tx, tenantId, { row, before, services })))
  await appendOutbox(tx, tenantId, events)
  return {
    progress: projected.map(({ progress }) => progress),
    remember: () => projected.forEach((one) => void remember(one, tenantId, services)),
  }
}
