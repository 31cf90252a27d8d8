import { forgetPushTarget, type NewNotification, type PushTarget } from '@voltway/store'
import type { TenantId } from '@voltway/units'
import webPush from 'web-push'
import { egressAgent, mayCall } from '../egress/egress-agent.ts'
import type { Services } from '../services.ts'

/** RFC 8292 key pair of this installation, base64url. */
export interface VapidKeys {
  readonly publicKey: string
  readonly privateKey: string
  /** `mailto:` or https address of whoever runs the installation. */
  readonly subject: string
}
export interface PushSender {
  readonly publicKey: string
  readonly send: (tenantId: TenantId, target: PushTarget, notification: NewNotification) => Promise<void>
}

const GONE = new Set([404, 410])

/** Web push (RFC 8030, 8291); a browser that has left is forgotten, any other failure is logged: the app shows the notice anyway. */
export const createPushSender = (services: Pick<Services, 'db' | 'log'>, vapid: VapidKeys): PushSender => ({
  publicKey: vapid.publicKey,
  send: async (tenantId, target, { kind, sessionId, data }) => {
    if (!mayCall(target.endpoint)) return
    try {
      const options = { vapidDetails: vapid, TTL: 600, urgency: 'normal', agent: egressAgent, timeout: 5_000 } as const
      await webPush.sendNotification(target, JSON.stringify({ kind, sessionId, data }), options)
    } catch (error) {
      const { statusCode } = error as { statusCode?: number }
      if (statusCode && GONE.has(statusCode)) await services.db.inTenant(tenantId, (tx) => forgetPushTarget(tx, tenantId, target.endpoint))
      else services.log.warn('push failed', { error: String(error) })
    }
  },
})
