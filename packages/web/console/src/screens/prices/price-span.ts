import type { SeriesPrice } from '../../money-types.ts'

export interface PriceSpan {
  readonly from: string
  readonly to: string
}

/** So many days of a zone from the beginning of one. @throws RangeError for a day that is none */
export const spanOfDays = (day: string, days: number, timeZone: string): PriceSpan => {
  const first = Temporal.PlainDate.from(day)
  const at = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).toInstant().toString()
  return { from: at(first), to: at(first.add({ days })) }
}

/** Prices as a stepped line: each holds until its end, and where none is there the line is broken. */
export const steppedLine = (prices: readonly SeriesPrice[]) => {
  const times: number[] = []
  const values: (number | null)[] = []
  const put = (at: number, value: number | null) => {
    times.push(at)
    values.push(value)
  }
  prices.forEach(({ from, to, perKwhMicros }, index) => {
    const [end, next] = [Date.parse(to), prices[index + 1]]
    put(Date.parse(from), Number(perKwhMicros) / 1e6)
    if (next && Date.parse(next.from) <= end) return
    put(end, Number(perKwhMicros) / 1e6)
    if (next) put(end + 1, null)
  })
  return { times, values }
}

export interface PriceFigures {
  readonly lowest: number
  readonly highest: number
  /** Weighted by time. */
  readonly mean: number
  /** Milliseconds of the span that no price covers. */
  readonly gapMs: number
}

/** What the prices of a span come to, per kWh; undefined where there are none. */
export const figuresOf = (prices: readonly SeriesPrice[], { from, to }: PriceSpan): PriceFigures | undefined => {
  if (prices.length === 0) return undefined
  const [start, end] = [Date.parse(from), Date.parse(to)]
  let [covered, sum, until] = [0, 0, start]
  for (const price of prices) {
    const [begin, stop] = [Math.max(until, Date.parse(price.from)), Math.min(end, Date.parse(price.to))]
    if (stop <= begin) continue
    covered += stop - begin
    sum += (stop - begin) * (Number(price.perKwhMicros) / 1e6)
    until = stop
  }
  const values = prices.map(({ perKwhMicros }) => Number(perKwhMicros) / 1e6)
  return {
    lowest: Math.min(...values),
    highest: Math.max(...values),
    mean: covered > 0 ? sum / covered : 0,
    gapMs: end - start - covered,
  }
}
