import { appendOutbox, insertNotifications, type NewNotification, pushTargets, sessionsToWatch } from '@voltway/store'
import { after, epochMs, MINUTE, uuidv7 } from '@voltway/units'
import { noticesDue } from '../notify/notices-due.ts'
import type { Job } from './job.ts'

/** Tells drivers what happened to their session: a row that the app shows, an event on their live stream, and a push. */
export const notifyDrivers: Job = {
  name: 'notify-drivers',
  async run(services, tenantId) {
    const now = services.clock.now()
    const fresh = await services.db.inTenant(tenantId, async (tx) => {
      const watched = await sessionsToWatch(tx, tenantId, after(now, -5 * MINUTE))
      const due = watched.flatMap((session) =>
        noticesDue(session, now)
          .filter((kind) => !session.told.includes(kind))
          .map(
            (kind): NewNotification => ({
              id: uuidv7(now, services.random),
              driverId: session.driverId,
              sessionId: session.id,
              kind,
              data: { importWh: session.importWh, socPercent: session.socPercent },
              createdAt: now,
            }),
          ),
      )
      const told = await insertNotifications(tx, tenantId, due)
      const events = told.map(({ id, driverId, sessionId, kind }) => ({
        type: 'notification.created',
        subject: id,
        data: { driverId, sessionId: sessionId ?? null, kind },
        recordedAt: epochMs(now),
      }))
      await appendOutbox(tx, tenantId, events)
      return told
    })
    for (const notification of fresh) {
      const targets = await services.db.inTenant(tenantId, (tx) => pushTargets(tx, tenantId, notification.driverId))
      for (const target of targets) await services.push.send(tenantId, target, notification)
    }
    return false
  },
}
