import { type EpochMs, instantOf, isoOf } from '@voltway/units'
import { Problem } from '../problems.ts'

/** ISO text of an instant that may be unknown. */
export const iso = (at: EpochMs | null | undefined) => (at === null || at === undefined ? undefined : isoOf(at))

/** Reads an instant of a request. @throws Problem naming the field. */
export const instant = (text: string, path: string): EpochMs => {
  const at = instantOf(text)
  if (at === undefined)
    throw new Problem('REQUEST_INVALID', `${path} is not an instant.`, {
      errors: [{ path, message: 'must be an RFC 3339 instant with its offset' }],
    })
  return at
}

export interface Span {
  readonly from: EpochMs
  readonly to: EpochMs
}

/** The period a request asks about; what is left out comes from the fallback. @throws Problem when it ends before it begins. */
export const spanOf = (query: { readonly from?: string; readonly to?: string }, fallback: Span): Span => {
  const from = query.from === undefined ? fallback.from : instant(query.from, 'query.from')
  const to = query.to === undefined ? fallback.to : instant(query.to, 'query.to')
  if (to <= from) throw new Problem('REQUEST_INVALID', undefined, { errors: [{ path: 'query.to', message: 'must be after from' }] })
  return { from, to }
}

/** A period for lists: an end that is left out is open. */
export const openSpan = (query: { readonly from?: string; readonly to?: string }) => ({
  from: query.from === undefined ? undefined : instant(query.from, 'query.from'),
  to: query.to === undefined ? undefined : instant(query.to, 'query.to'),
})
