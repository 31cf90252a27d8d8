import { plainCode } from './plain-code.ts'
import { alarms } from './texts/alarms.ts'

const WORDS: Readonly<Record<string, string>> = alarms
const known = (family: string, word: string): string | undefined => WORDS[`${family}.${word}`]

/** The kind of an alarm in plain words. */
export const alarmWord = (kind: string): string => known('alarm', kind) ?? plainCode(kind)

/** What to do about it. */
export const alarmAdvice = (kind: string): string => known('alarmAdvice', kind) ?? alarms['alarmAdvice.other']

/** Ours, which the links beside an alarm already lead to. */
const OWN = new Set(['sessionId', 'stationId'])

/** What an alarm came with, as words: "EVSE 1 · Reason: Not supported". What is not known is left out. */
export const alarmDetail = (detail: Readonly<Record<string, unknown>> | undefined): string =>
  Object.entries(detail ?? {})
    .filter(([name, value]) => !OWN.has(name) && value !== null && value !== undefined && value !== '')
    .map(([name, value]) => {
      const label = known('alarmDetail', name) ?? plainCode(name)
      const text = typeof value === 'string' ? plainCode(value) : typeof value === 'object' ? JSON.stringify(value) : String(value)
      return /^(evse|connector|transactionId)$/.test(name) ? `${label} ${text}` : `${label}: ${text}`
    })
    .join(' · ')
