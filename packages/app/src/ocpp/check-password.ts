import { createHmac, timingSafeEqual } from 'node:crypto'
import { passwordForms } from '@voltway/wire/ocpp'

/** What is kept of a station's generated password. */
export const hashStationPassword = (password: Uint8Array, hmacKey: Uint8Array): Uint8Array =>
  createHmac('sha256', hmacKey).update(password).digest()

export interface KeptPasswords {
  readonly passwordHash: Uint8Array | null
  readonly previousPasswordHash: Uint8Array | null
}

const NOTHING = new Uint8Array(32)
const equal = (hash: Uint8Array, kept: Uint8Array | null) => {
  const same = timingSafeEqual(hash, kept?.length === hash.length ? kept : NOTHING)
  return same && kept !== null
}

/**
 * Which of a station's passwords was sent, in any of the forms that stations send it in. The work does not depend on what is kept,
 * or on whether anything is.
 */
export function checkPassword(
  sent: Uint8Array,
  { passwordHash, previousPasswordHash }: KeptPasswords,
  hmacKey: Uint8Array,
): 'current' | 'previous' | undefined {
  const [current, previous] = passwordForms(sent)
    .map((form) => hashStationPassword(form, hmacKey))
    .reduce(([now, before], hash) => [equal(hash, passwordHash) || now, equal(hash, previousPasswordHash) || before] as const, [
      false,
      false,
    ] as readonly [boolean, boolean])
  return current ? 'current' : previous ? 'previous' : undefined
}
