import { createHash } from 'node:crypto'
import { claimIdempotencyKey, dropIdempotencyKey, storeAnswer, type Tx } from '@voltway/store'
import type { ServerServices } from '../server-services.ts'
import type { Caller } from './caller.ts'
import { Problem } from './problems.ts'

export interface Once {
  readonly key: string
  readonly requestHash: Uint8Array
}
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly replayed: boolean
}
export interface OnceWork {
  readonly status: number
  /** Fields of the body that are never stored. */
  readonly onceOnly: readonly string[]
}

/** The key as it is stored: callers of one tenant do not share keys. */
export const onceOf = (
  caller: Caller,
  header: string | undefined,
  request: { readonly method: string; readonly url: string; readonly body: unknown },
) => {
  if (header === undefined) return undefined
  if (header.length === 0 || header.length > 255)
    throw new Problem('REQUEST_INVALID', undefined, {
      errors: [{ path: 'headers.idempotency-key', message: 'must have 1 to 255 characters' }],
    })
  return {
    key: createHash('sha256').update(`${caller.subject}\n${header}`).digest('hex'),
    requestHash: createHash('sha256')
      .update(`${request.method} ${request.url}\n${JSON.stringify(request.body) ?? ''}`)
      .digest(),
  }
}

const withoutSecrets = (body: unknown, onceOnly: readonly string[]) =>
  typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body).filter(([key]) => !onceOnly.includes(key))) : body

const claimed = async (tx: Tx, services: ServerServices, tenantId: Caller['tenantId'], once: Once): Promise<Answer | undefined> => {
  const stored = await claimIdempotencyKey(tx, tenantId, { ...once, now: services.clock.now() })
  if (!stored) return undefined
  if (Buffer.compare(stored.requestHash, once.requestHash) !== 0) throw new Problem('IDEMPOTENCY_KEY_REUSED')
  if (stored.status === 0) throw new Problem('IDEMPOTENCY_IN_PROGRESS')
  return { status: stored.status, body: stored.body, replayed: true }
}

/** Runs work in one transaction of the tenant; with a key, its answer is stored in that transaction and given again. */
export const onceInTransaction = (
  services: ServerServices,
  { tenantId }: Caller,
  once: Once | undefined,
  work: OnceWork & { run: (tx: Tx) => Promise<unknown> },
): Promise<Answer> =>
  services.db.inTenant(tenantId, async (tx) => {
    const before = once && (await claimed(tx, services, tenantId, once))
    if (before) return before
    const body = await work.run(tx)
    if (once) await storeAnswer(tx, tenantId, { key: once.key, status: work.status, body: withoutSecrets(body, work.onceOnly) })
    return { status: work.status, body, replayed: false }
  })

/** The same for work that waits for a station: the key is claimed first, and given back when the work fails. */
export const onceAround = async (
  services: ServerServices,
  { tenantId }: Caller,
  once: Once | undefined,
  work: OnceWork & { run: () => Promise<unknown> },
): Promise<Answer> => {
  if (!once) return { status: work.status, body: await work.run(), replayed: false }
  const { db } = services
  const before = await db.inTenant(tenantId, (tx) => claimed(tx, services, tenantId, once))
  if (before) return before
  try {
    const body = await work.run()
    await db.inTenant(tenantId, (tx) =>
      storeAnswer(tx, tenantId, { key: once.key, status: work.status, body: withoutSecrets(body, work.onceOnly) }),
    )
    return { status: work.status, body, replayed: false }
  } catch (error) {
    await db.inTenant(tenantId, (tx) => dropIdempotencyKey(tx, tenantId, once.key))
    throw error
  }
}
