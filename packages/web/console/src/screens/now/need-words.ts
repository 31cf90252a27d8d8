import { alarmAdvice, alarmDetail, alarmWord } from '../../alarm-words.ts'
import type { Need } from '../../overview-types.ts'
import { plainCode } from '../../plain-code.ts'
import { t, wordOf } from '../../text.ts'

export interface NeedWords {
  readonly what: string
  /** Where, and why: undefined where there is nothing to add. */
  readonly more: string
  readonly advice: string
}

const joined = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' · ')

/** What needs a person, in plain words; an unknown kind stands as the API tells it. */
export const needWords = (need: Need): NeedWords => {
  const { kind, stationName, evse, codes, detail, reservationCode = '' } = need
  const [first = '', second] = codes
  switch (kind) {
    case 'alarm':
      return { what: alarmWord(first), more: joined(stationName, alarmDetail(detail)), advice: alarmAdvice(first) }
    case 'held':
      return {
        what: t('need.held'),
        more: joined(stationName, ...codes.map((code) => wordOf('heldReason', code))),
        advice: t('need.advice.held'),
      }
    case 'faulted':
      return {
        what: t('need.faulted'),
        more: joined(stationName, evse === undefined ? undefined : t('need.evse', { number: evse }), first && plainCode(first)),
        advice: t('need.advice.faulted'),
      }
    case 'offline':
      return { what: t('need.offline'), more: joined(stationName), advice: t('need.advice.offline') }
    case 'reservation':
      return {
        what: t('need.reservation', { code: reservationCode }),
        more: joined(stationName, wordOf('reservationTrouble', first), second && plainCode(second)),
        advice: wordOf('need.advice', first),
      }
    default:
      return { what: need.title, more: '', advice: '' }
  }
}
