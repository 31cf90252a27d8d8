import { dropOldIdempotencyKeys, expireLeftCommands } from '@voltway/store'
import { after, DAY, HOUR, type Milliseconds } from '@voltway/units'
import type { Services } from '../services.ts'
import { type Repeating, repeat } from './repeat.ts'

const EVERY = (1 * HOUR) as Milliseconds
/** How long a request may be repeated under its Idempotency-Key and get the first answer again. */
export const KEYS_KEPT = (48 * HOUR) as Milliseconds
/** No command waits for its station so long, however fast the clock runs: its end could not be written. */
export const COMMAND_LEFT = (1 * DAY) as Milliseconds

/** Forgets answers that nobody will ask for again and ends commands whose end was lost, now and every hour. */
export const clearLeftovers = ({
  db,
  clock,
  log,
  hasDuty,
}: Pick<Services, 'db' | 'clock' | 'log'> & { readonly hasDuty?: () => boolean }): Repeating =>
  repeat(clock, EVERY, {
    turn: async () => {
      if (hasDuty?.() === false) return
      const at = clock.now()
      for (const tenantId of await db.tenants())
        await db.inTenant(tenantId, async (tx) => {
          await dropOldIdempotencyKeys(tx, tenantId, after(at, -KEYS_KEPT))
          await expireLeftCommands(tx, tenantId, { at, askedBefore: after(at, -COMMAND_LEFT), error: 'its end was not written' })
        })
    },
    onError: (error) => log.error('leftovers could not be cleared', { error: String(error) }),
  })
