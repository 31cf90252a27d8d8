import { fail, ok, type Result } from '@voltway/units'
import type { OptionFailure } from './option-failure.ts'

/** ISO 15118-2 and -20 take an EVSEID of 7 to 37 characters: a session with another one would end at its first answer. */
const [LEAST, MOST] = [7, 37]

/** An EVSE's id as it may be configured: `DE*ABC*E1`. `field` names where it was. */
export const checkEvseId = (evseId: string, field = 'evseId'): Result<string, OptionFailure> => {
  const refuse = (message: string) => fail<OptionFailure>({ code: 'evseId', field, message: `${field}: ${message}` })
  if (!/^[\x21-\x7e]*$/.test(evseId)) return refuse(`"${evseId}" has characters that an EVSEID does not have`)
  if (evseId.length < LEAST || evseId.length > MOST)
    return refuse(`"${evseId}" has ${evseId.length} characters, an EVSEID has ${LEAST} to ${MOST}`)
  return ok(evseId)
}
