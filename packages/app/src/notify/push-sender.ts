import { forgetPushTarget, type NewNotification, type PushTarget } from '@voltway/store'
import type { TenantId } from '@voltway/units'
import webPush from 'web-push'
import { egressAgent, mayCall } from '../egress/egress-agent.ts'
import { type AwayPost, postAway } from '../egress/post-away.ts'
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
/** How push services are reached: their addresses come from browsers, so strangers choose them. */
export interface PushWay {
  readonly agent: AwayPost['agent']
  readonly mayCall: (url: string) => boolean
  readonly withinMs: number
}

const AWAY: PushWay = { agent: egressAgent, mayCall, withinMs: 5_000 }
/** Seconds that a push service keeps a notice for a browser that sleeps. */
const KEPT_FOR = 600
const GONE = new Set([404, 410])

/** Web push (RFC 8030, 8291); a browser that has left is forgotten, any other failure is logged: the app shows the notice anyway. */
export const createPushSender = (services: Pick<Services, 'db' | 'log'>, vapid: VapidKeys, way: PushWay = AWAY): PushSender => ({
  publicKey: vapid.publicKey,
  send: async (tenantId, target, { kind, sessionId, data }) => {
    if (!way.mayCall(target.endpoint)) return
    try {
      const payload = JSON.stringify({ kind, sessionId, data })
      const options = { vapidDetails: vapid, TTL: KEPT_FOR, urgency: 'normal', contentEncoding: 'aes128gcm' } as const
      const { headers, body } = webPush.generateRequestDetails(target, payload, options)
      const status = await postAway({ url: target.endpoint, headers, body, agent: way.agent, withinMs: way.withinMs })
      if (GONE.has(status)) await services.db.inTenant(tenantId, (tx) => forgetPushTarget(tx, tenantId, target.endpoint))
      else if (status < 200 || status > 299) services.log.warn('push refused', { status })
    } catch (error) {
      services.log.warn('push failed', { error: String(error) })
    }
  },
})
