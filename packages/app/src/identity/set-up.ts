import { timingSafeEqual } from 'node:crypto'
import type { RandomBytes } from '@voltway/units'

/** The one-time link of an installation without a tenant; it lives as long as the process, a new start makes another. */
export interface SetUp {
  /** For the link that is printed; undefined once used or not needed. */
  readonly token: () => string | undefined
  readonly accepts: (token: string) => boolean
  readonly close: () => void
}

export const createSetUp = (random: RandomBytes, needed: boolean): SetUp => {
  let open = needed ? Buffer.from(random(24)).toString('base64url') : undefined
  return {
    token: () => open,
    accepts: (token) => open !== undefined && token.length === open.length && timingSafeEqual(Buffer.from(token), Buffer.from(open)),
    close: () => {
      open = undefined
    },
  }
}
