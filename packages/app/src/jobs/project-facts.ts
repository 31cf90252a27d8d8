import { appendOutbox, type DueTransaction, listDue, noteDue, readOutbox, refreshEvseStatus, type Tx, takeDue } from '@voltway/store'
import type { ChargingStationId, TenantId } from '@voltway/units'
import type { Services } from '../services.ts'
import type { Job, JobServices } from './job.ts'
import { projectSession } from './project-session.ts'

const STATUS = new Set(['status.reported', 'station.connected', 'station.disconnected'])
const TRANSACTION = new Set(['transaction.changed', 'meter.sampled'])
/** Events noted in one short transaction, and sessions folded before jobs behind this one have their turn. */
const MOST_EVENTS = 5_000
const MOST_FOLDS = 120
/** Folds under way together: while one waits for the disk another computes. */
const AT_ONCE = 3

interface FactEvent {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Each station and each transaction once, however many facts of it are in the batch. */
const touched = (events: readonly FactEvent[]) => {
  const stations = new Set<ChargingStationId>()
  const transactions = new Map<string, DueTransaction>()
  for (const { type, data } of events) {
    const stationId = data.stationId as ChargingStationId | undefined
    const transactionId = data.transactionId as string | null | undefined
    if (!stationId) continue
    if (STATUS.has(type)) stations.add(stationId)
    if (TRANSACTION.has(type) && transactionId) transactions.set(`${stationId}/${transactionId}`, { stationId, transactionId })
  }
  return { stations, transactions }
}

/** Brings EVSE states up to date and notes which sessions are to be folded, in the transaction that moves the cursor. */
const note = async (
  tx: Tx,
  tenantId: TenantId,
  { events, services }: { readonly events: readonly FactEvent[]; readonly services: Services },
) => {
  const { stations, transactions } = touched(events)
  const changed = stations.size > 0 ? await refreshEvseStatus(tx, tenantId, [...stations]) : []
  const recordedAt = services.clock.now()
  const eventsOf = changed.map(({ id, stationId }) => ({ type: 'evse.changed', subject: id, data: { stationId, evseId: id }, recordedAt }))
  await appendOutbox(tx, tenantId, eventsOf)
  await noteDue(tx, tenantId, [...transactions.values()])
}

/** Folds one session and strikes it off the list, both or neither; one that cannot be folded stays there and holds up nobody. */
const fold = async (services: JobServices, tenantId: TenantId, due: DueTransaction): Promise<boolean> => {
  try {
    const progress = await services.db.inTenant(tenantId, async (tx) =>
      (await takeDue(tx, tenantId, due)) ? ((await projectSession(tx, { tenantId, ...due }, services)) ?? 'nothing') : undefined,
    )
    if (progress && progress !== 'nothing') services.metrics.sessionsMoved([progress])
    return progress !== undefined
  } catch (error) {
    services.log.error('a session could not be folded', { ...due, error: String(error) })
    return false
  }
}

const foldAll = async (services: JobServices, tenantId: TenantId): Promise<boolean> => {
  const due = [...(await services.db.inTenant(tenantId, (tx) => listDue(tx, tenantId, MOST_FOLDS)))]
  let folded = false
  const worker = async () => {
    for (let one = due.pop(); one; one = due.pop()) folded = (await fold(services, tenantId, one)) || folded
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return folded
}

/** Turns facts into what people see, EVSE states and sessions, as often as there is time and not as often as there are facts. */
export const projectFacts: Job = {
  name: 'project-facts',
  async run(services, tenantId) {
    const reader = { tenantId, consumer: 'projector', limit: MOST_EVENTS }
    const noted = await readOutbox(services.db, reader, (events, tx) => note(tx, tenantId, { events, services }))
    const folded = await foldAll(services, tenantId)
    if (noted > 0 || folded) services.live.wake(tenantId)
    return noted > 0 || folded
  },
}
