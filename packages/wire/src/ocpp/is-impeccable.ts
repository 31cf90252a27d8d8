import type { EpochMs } from '@voltway/units'
import type { Leniency } from './protocol.ts'
import { EVENT_TIMES, isPlausible, readTimestamp } from './timestamp.ts'

interface Looking {
  readonly now: EpochMs
  readonly leniency: Leniency
}

/**
 * Whether a payload that its schema accepts has nothing else to forgive: clean text, believable event times and
 * readable samples. Most payloads are so, and this look costs a fraction of normalising. A false "no" only costs time.
 */
export function isImpeccable(value: unknown, name: string, looking: Looking): boolean {
  if (typeof value === 'string') return isPlain(value) && (!EVENT_TIMES.has(name) || isBelievable(value, looking.now))
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return areImpeccable(value, name, looking)
  const object = value as Readonly<Record<string, unknown>>
  for (const key in object) if (!isPlain(key) || !isImpeccable(object[key], key, looking)) return false
  return true
}

function areImpeccable(items: readonly unknown[], name: string, looking: Looking): boolean {
  const areSamples = name === 'sampledValue'
  if (areSamples && items.length === 0) return false
  for (const item of items) {
    if (!isImpeccable(item, '', looking)) return false
    if (areSamples && !looking.leniency.isReadableSample(item as Readonly<Record<string, unknown>>)) return false
  }
  return true
}

function isBelievable(text: string, now: EpochMs): boolean {
  const read = readTimestamp(text)
  return read !== undefined && read.flaw === undefined && isPlausible(read.at, now)
}

/** No NUL character, and no surrogate, paired or not. */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 0 || (code & 0xf800) === 0xd800) return false
  }
  return true
}
