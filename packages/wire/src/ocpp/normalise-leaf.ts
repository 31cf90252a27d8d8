import type { EpochMs } from '@voltway/units'
import { cleanText } from './clean-text.ts'
import { isOverLong } from './over-long.ts'
import type { Leniency } from './protocol.ts'
import type { PlainShape, StringShape } from './shape.ts'
import { EVENT_TIMES, isPlausible, NO_CLOCK, readTimestamp } from './timestamp.ts'
import { drop, type Notes, note } from './violation.ts'

/** Means "leave the property out". */
export const NOTHING: unique symbol = Symbol('nothing')

/** What a walk through a payload carries along. */
export interface Walk {
  readonly now: EpochMs
  readonly leniency: Leniency
  readonly notes: Notes
}

/** Where a leaf stands. */
export interface Place {
  readonly name: string
  readonly path: string
  readonly value: unknown
  readonly required: boolean
}

const NUMERIC = /^\s*[+-]?\d{1,20}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?\s*$/
const [YES, NO] = [new Set(['true', '1', 'yes']), new Set(['false', '0', 'no'])]

export function normaliseString(shape: StringShape, place: Place, walk: Walk): unknown {
  const { notes } = walk
  if (shape.isTime) return normaliseTime(place, walk)
  const text = asText(place, notes)
  if (typeof text !== 'string') return text
  if (shape.values) return normaliseChoice(shape.values, { ...place, value: text }, notes)
  if (isOverLong(text, shape.maxLength)) note(notes, 'overLong', { ...place, value: text })
  return text
}

/** Numbers and booleans are written out; what is neither stays, for the validator to refuse. */
function asText(place: Place, notes: Notes): unknown {
  const { value } = place
  if (typeof value === 'string') {
    const text = cleanText(value)
    if (text !== value) note(notes, 'uncleanText', place)
    return text
  }
  const isClear = typeof value === 'boolean' || (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)))
  if (!isClear) return unfit(place, notes)
  note(notes, 'wrongType', place)
  return String(value)
}

function normaliseChoice(values: ReadonlyMap<string, string>, place: Place, notes: Notes): unknown {
  const text = String(place.value)
  const meant = values.get(text.trim().toLowerCase())
  if (meant === text) return text
  if (meant !== undefined) {
    note(notes, 'wrongCase', place)
    return meant
  }
  notes.unfit++
  const other = values.get('other') ?? values.get('othererror')
  if (other !== undefined && text !== '') {
    note(notes, 'unknownValue', place)
    return other
  }
  return leaveOut(place, text === '' ? 'emptyValue' : 'unknownValue', notes)
}

function normaliseTime(place: Place, { now, notes }: Walk): unknown {
  const { name, value, required } = place
  if (typeof value !== 'string' && typeof value !== 'number') return unfit(place, notes)
  const read = readTimestamp(value)
  if (!read) {
    if (!required) return leaveOut(place, value === '' ? 'emptyValue' : 'timestampUnreadable', notes)
    note(notes, 'timestampUnreadable', place)
    return NO_CLOCK
  }
  if (read.flaw) note(notes, read.flaw, place)
  if (!EVENT_TIMES.has(name) || isPlausible(read.at, now)) return read.text
  if (!required) return leaveOut(place, 'timestampOutOfBounds', notes)
  note(notes, 'timestampOutOfBounds', place)
  return read.text // kept, since a retry must still be the same event
}

export function normalisePlain({ kind }: PlainShape, place: Place, walk: Walk): unknown {
  if (kind === 'boolean') return normaliseBoolean(place, walk.notes)
  const number = asNumber(place, walk.notes)
  if (typeof number !== 'number' || kind === 'number') return number
  return normaliseInteger(number, place, walk)
}

function asNumber(place: Place, notes: Notes): unknown {
  const { value } = place
  if (Number.isFinite(value)) return value
  if (value === '' && !place.required) return leaveOut(place, 'emptyValue', notes)
  const number = typeof value === 'string' && NUMERIC.test(value) ? Number(value) : Number.NaN
  if (!Number.isFinite(number)) return unfit(place, notes)
  note(notes, 'wrongType', place)
  return number
}

function normaliseInteger(number: number, place: Place, { leniency, notes }: Walk): unknown {
  if (Number.isSafeInteger(number)) return number
  if (Number.isInteger(number)) {
    if (!place.required) return leaveOut(place, 'unsafeInteger', notes)
    note(notes, 'unsafeInteger', place)
    return leniency.unknownAsMinusOne.has(place.name) ? -1 : number
  }
  if (!leniency.rounded.has(place.name)) return unfit({ ...place, value: number }, notes)
  note(notes, 'roundedInteger', place)
  return Math.round(number)
}

function normaliseBoolean(place: Place, notes: Notes): unknown {
  const { value } = place
  if (typeof value === 'boolean') return value
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : ''
  const meant = YES.has(text) ? true : NO.has(text) ? false : undefined
  if (meant === undefined) return unfit(place, notes)
  note(notes, 'wrongType', place)
  return meant
}

/** Left as it is: the validator says what is wrong with it. */
function unfit({ value }: Place, notes: Notes): unknown {
  notes.unfit++
  return value
}

function leaveOut(place: Place, rule: Parameters<typeof drop>[1], notes: Notes): unknown {
  if (place.required) return unfit(place, notes)
  drop(notes, rule, place)
  return NOTHING
}
