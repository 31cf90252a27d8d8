import type { EpochMs } from '@voltway/units'
import { Problem } from '../problems.ts'
import { instant } from './times.ts'

export interface SeriesSpan {
  readonly from: EpochMs
  readonly to: EpochMs
}

/** The spans of a series that is written, none of which overlap. @throws Problem naming the field */
export const seriesSpans = (items: readonly { readonly from: string; readonly to: string }[]): readonly SeriesSpan[] => {
  const spans = items.map((item, index) => {
    const path = `body.items.${index}`
    const [from, to] = [instant(item.from, `${path}.from`), instant(item.to, `${path}.to`)]
    if (to <= from) throw new Problem('REQUEST_INVALID', undefined, { errors: [{ path: `${path}.to`, message: 'must be after from' }] })
    return { from, to }
  })
  const sorted = spans.toSorted((a, b) => a.from - b.from)
  if (sorted.some(({ to }, index) => to > (sorted[index + 1]?.from ?? to)))
    throw new Problem('REQUEST_INVALID', 'Two parts overlap.', { errors: [{ path: 'body.items', message: 'must not overlap' }] })
  return spans
}
