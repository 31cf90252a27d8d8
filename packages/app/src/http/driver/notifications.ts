import { listNotifications, readNotification, savePushSubscription } from '@voltway/store'
import { isoOf } from '@voltway/units'
import { Type } from 'typebox'
import { cursorOf, pageOf, readCursor } from '../cursor.ts'
import { given } from '../given.ts'
import { found, Problem } from '../problems.ts'
import { route } from '../route.ts'
import { Done, IdParams, Instant, Json, listOf, page, Uuid } from '../schemas/common.ts'
import { iso } from '../views/times.ts'
import { driverOf } from './accept-offer.ts'

const list = route({
  id: 'listNotifications',
  method: 'GET',
  url: '/driver/notifications',
  summary: 'What the driver was told, newest first',
  access: 'driver',
  query: Type.Object(page),
  reply: listOf(
    Type.Object({
      id: Uuid,
      sessionId: Type.Optional(Uuid),
      reservationId: Type.Optional(Uuid),
      kind: Type.String(),
      data: Json,
      createdAt: Instant,
      readAt: Type.Optional(Instant),
    }),
  ),
  async handle({ query: { limit = 50, cursor }, caller, tx }) {
    const before = readCursor(cursor, ['text'])?.[0]
    const rows = await listNotifications(tx, caller.tenantId, { driverId: driverOf(caller), before, limit: limit + 1 })
    return pageOf(rows, limit, {
      view: (row) => given({ ...row, createdAt: isoOf(row.createdAt), readAt: iso(row.readAt) }),
      cursor: ({ id }) => cursorOf(id),
    })
  },
})

const read = route({
  id: 'readNotification',
  method: 'POST',
  url: '/driver/notifications/:id/read',
  summary: 'The driver has seen it',
  access: 'driver',
  params: IdParams,
  reply: Done,
  async handle({ params, caller, tx, services }) {
    const seen = await readNotification(tx, caller.tenantId, { driverId: driverOf(caller), id: params.id, now: services.clock.now() })
    found(seen || undefined, 'notification')
    return { ok: true }
  },
})

const subscribe = route({
  id: 'subscribeToPush',
  method: 'POST',
  url: '/driver/push-subscriptions',
  summary: 'A browser that wants web push (RFC 8030), as PushSubscription.toJSON() gives it',
  access: 'driver',
  status: 201,
  body: Type.Object({
    endpoint: Type.String({ format: 'uri', pattern: '^https://', maxLength: 2_000 }),
    expirationTime: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
    keys: Type.Object({ p256dh: Type.String({ minLength: 20, maxLength: 200 }), auth: Type.String({ minLength: 10, maxLength: 100 }) }),
  }),
  reply: Done,
  async handle({ body: { endpoint, keys }, caller, tx, services }) {
    await savePushSubscription(tx, caller.tenantId, { driverId: driverOf(caller), endpoint, keys, createdAt: services.clock.now() })
    return { ok: true }
  },
})

const pushKey = route({
  id: 'getPushKey',
  method: 'GET',
  url: '/driver/push-key',
  summary: 'The key that a browser subscribes to web push with (RFC 8292)',
  access: 'driver',
  reply: Type.Object({ publicKey: Type.String() }),
  async handle({ services }) {
    if (services.pushPublicKey === undefined) throw new Problem('NOT_READY', 'Web push is not switched on here.')
    return { publicKey: services.pushPublicKey }
  },
})

export const notificationRoutes = [list, read, subscribe, pushKey] as const
