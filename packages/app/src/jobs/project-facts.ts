import { appendOutbox, consumeOutbox, type DueTransaction, listDue, noteTouched, refreshEvseStatus, takeDue } from '@voltway/store'
import type { TenantId } from '@voltway/units'
import type { Services } from '../services.ts'
import type { Job, JobServices } from './job.ts'
import { projectSessions } from './project-sessions.ts'

/** Events noted in one short transaction, and sessions folded before jobs behind this one have their turn. */
const MOST_EVENTS = 20_000
const MOST_FOLDS = 120
/** Sessions folded in one transaction: enough that its statements are shared, few enough that their readings fit. */
const AT_ONCE = 20

/** Notes which sessions are to be folded and brings EVSE states up to date, in the transaction that moves the cursor. */
const note = (services: Services, tenantId: TenantId) =>
  consumeOutbox(services.db, { tenantId, consumer: 'projector' }, async (after, tx) => {
    const touched = await noteTouched(tx, tenantId, { after, limit: MOST_EVENTS })
    const changed = touched.stations.length > 0 ? await refreshEvseStatus(tx, tenantId, touched.stations) : []
    const recordedAt = services.clock.now()
    const eventsOf = changed.map(({ id, stationId }) => ({
      type: 'evse.changed',
      subject: id,
      data: { stationId, evseId: id },
      recordedAt,
    }))
    await appendOutbox(tx, tenantId, eventsOf)
    return touched
  })

/**
 * Folds some sessions and strikes them off the list, all or none of them. One that cannot be folded must not cost the others: the
 * batch is halved until it stands alone, and it stays on the list.
 * @returns whether any was folded
 */
const fold = async (services: JobServices, tenantId: TenantId, due: readonly DueTransaction[]): Promise<boolean> => {
  try {
    const committed = await services.db.inTenant(tenantId, async (tx) => {
      const taken = await takeDue(tx, tenantId, due)
      return taken.length > 0 ? projectSessions(tx, { tenantId, transactions: taken }, services) : undefined
    })
    if (committed) services.metrics.sessionsMoved(committed.progress)
    committed?.remember()
    return committed !== undefined
  } catch (error) {
    if (due.length === 1) {
      services.log.error('a session could not be folded', { ...due[0], error: String(error) })
      return false
    }
    const middle = Math.ceil(due.length / 2)
    const first = await fold(services, tenantId, due.slice(0, middle))
    return (await fold(services, tenantId, due.slice(middle))) || first
  }
}

const foldAll = async (services: JobServices, tenantId: TenantId): Promise<boolean> => {
  const due = await services.db.inTenant(tenantId, (tx) => listDue(tx, tenantId, MOST_FOLDS))
  let folded = false
  for (let first = 0; first < due.length; first += AT_ONCE)
    folded = (await fold(services, tenantId, due.slice(first, first + AT_ONCE))) || folded
  return folded
}

/** Turns facts into what people see, EVSE states and sessions, as often as there is time and not as often as there are facts. */
export const projectFacts: Job = {
  name: 'project-facts',
  async run(services, tenantId) {
    const noted = await note(services, tenantId)
    const folded = await foldAll(services, tenantId)
    if (noted > 0 || folded) services.live.wake(tenantId)
    return noted > 0 || folded
  },
}
