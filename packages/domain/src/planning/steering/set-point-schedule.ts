import { type EpochMs, epochMs, HOUR, SECOND, type Watts, watts } from '@voltway/units'

/** The powers that a station is told for one EVSE, from a start on; the last holds until it is told otherwise. */
export interface SetPointSchedule {
  /** A whole second. */
  readonly start: EpochMs
  readonly periods: readonly { readonly startSeconds: number; readonly power: Watts }[]
  /** Until when it says what was planned; afterwards it is only safe. */
  readonly exactUntil: EpochMs
}

export interface SetPointStep {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly power: number
}

/** One car's rise at a boundary waits for the others' fall: stations ramp, and their clocks differ a little. */
const RISE_DELAY_S = 5

/**
 * Steps without gaps as a schedule of at most so many periods. Of more, the first stay exact and a last one pauses, which no limit
 * can mind: the station is told the rest before that begins.
 */
export const setPointSchedule = (steps: readonly SetPointStep[], now: EpochMs, maxPeriods: number): SetPointSchedule => {
  const start = epochMs(Math.floor(now / SECOND) * SECOND)
  const periods: { startSeconds: number; power: Watts }[] = []
  for (const { from, to, power } of steps) {
    const last = periods.at(-1)
    const isRise = last !== undefined && power > last.power
    const startSeconds = last === undefined ? 0 : Math.ceil((from - start) / SECOND) + (isRise ? RISE_DELAY_S : 0)
    if (last?.power === power || epochMs(start + startSeconds * SECOND) >= to) continue
    if (last && startSeconds <= last.startSeconds) periods.pop()
    if (periods.at(-1)?.power !== power) periods.push({ startSeconds, power: watts(power) })
  }
  if (periods.length === 0) periods.push({ startSeconds: 0, power: watts(0) })
  const end = steps.at(-1)?.to ?? now
  // A single period cannot end in a pause: its profile ends there instead, and the EVSE's default, a pause, is what follows.
  const most = Math.max(2, maxPeriods)
  if (periods.length <= most) return { start, periods, exactUntil: end }
  const kept = periods.slice(0, most)
  const cut = kept[most - 1]!
  return {
    start,
    periods: [...kept.slice(0, most - 1), { ...cut, power: watts(0) }],
    exactUntil: epochMs(start + cut.startSeconds * SECOND),
  }
}

/** What a schedule allows at an instant; before its start, what it begins with. */
export const powerAt = ({ start, periods }: SetPointSchedule, at: EpochMs): Watts => {
  let power = periods[0]?.power ?? watts(0)
  for (const period of periods) if (start + period.startSeconds * SECOND <= at) power = period.power
  return power
}

/** The most that it allows within [from, to). */
export const mostWithin = ({ start, periods }: SetPointSchedule, from: EpochMs, to: EpochMs): number => {
  let most = 0
  for (const [index, { startSeconds, power }] of periods.entries()) {
    const begins = index === 0 ? Number.NEGATIVE_INFINITY : start + startSeconds * SECOND
    const next = periods[index + 1]
    const ends = next === undefined ? Number.POSITIVE_INFINITY : start + next.startSeconds * SECOND
    if (begins < to && ends > from) most = Math.max(most, power)
  }
  return most
}

/** The energy that it allows over [from, to), in Wh. */
export const energyWithin = ({ start, periods }: SetPointSchedule, from: EpochMs, to: EpochMs): number => {
  let wh = 0
  for (const [index, { startSeconds, power }] of periods.entries()) {
    const begins = index === 0 ? from : Math.max(from, start + startSeconds * SECOND)
    const next = periods[index + 1]
    const ends = next === undefined ? to : Math.min(to, start + next.startSeconds * SECOND)
    if (ends > begins) wh += (power * (ends - begins)) / HOUR
  }
  return wh
}
