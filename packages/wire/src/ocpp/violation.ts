import type { TimestampFlaw } from './timestamp.ts'

/** What was forgiven. */
export type ViolationRule =
  | TimestampFlaw
  | 'timestampUnreadable'
  | 'timestampOutOfBounds'
  | 'noPayload'
  | 'wrongType'
  | 'wrongCase'
  | 'emptyValue'
  | 'unknownValue'
  | 'unknownProperty'
  | 'unsafeInteger'
  | 'roundedInteger'
  | 'overLong'
  | 'notAnArray'
  | 'uncleanText'
  | 'badSample'
  | 'noSamples'

export interface Violation {
  readonly rule: ViolationRule
  /** A JSON pointer into the payload as it was received. */
  readonly path: string
  /** What was there, cut to 64 characters. */
  readonly found: string
}

/** Something that was left out because it had no clear meaning; `violations` names it too. */
export interface Dropped {
  readonly path: string
  readonly value: unknown
}

const MAX_RECORDED = 50
const MAX_FOUND = 64

/** Collects what is forgiven in one payload, as far as it is worth keeping. */
export interface Notes {
  readonly violations: Violation[]
  readonly dropped: Dropped[]
  /** Counts leaves that nothing could make fit, so that a sample can tell whether it holds one. */
  unfit: number
}

export function note({ violations }: Notes, rule: ViolationRule, at: { readonly path: string; readonly value: unknown }) {
  if (violations.length < MAX_RECORDED) violations.push({ rule, path: at.path, found: shown(at.value) })
}

export function drop(notes: Notes, rule: ViolationRule, at: { readonly path: string; readonly value: unknown }) {
  note(notes, rule, at)
  if (notes.dropped.length < MAX_RECORDED) notes.dropped.push({ path: at.path, value: at.value })
}

/** Adds what was noted inside a part that is kept. */
export function noteAll(notes: Notes, { violations, dropped }: Notes) {
  notes.violations.push(...violations.slice(0, MAX_RECORDED - notes.violations.length))
  notes.dropped.push(...dropped.slice(0, MAX_RECORDED - notes.dropped.length))
}

const shown = (value: unknown) =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')).slice(0, MAX_FOUND).toWellFormed()
