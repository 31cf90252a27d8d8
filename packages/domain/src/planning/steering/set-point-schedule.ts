import { type EpochMs, epochMs, HOUR, SECOND, type Watts, watts } from '@voltway/units'

export interface SetPointPeriod {
  readonly startSeconds: number
  readonly power: Watts
  /** Phases in use, where they are switched; said in pauses too, so that a station need not guess. */
  readonly phases?: 1 | 3 | undefined
}

/** The powers that a station is told for one EVSE, from a start on; the last holds until it is told otherwise. */
export interface SetPointSchedule {
  /** A whole second. */
  readonly start: EpochMs
  readonly periods: readonly SetPointPeriod[]
  /** Until when it says what was planned; afterwards it is only safe. */
  readonly exactUntil: EpochMs
  /** When the EVSE was switched last, up to the start; left out where it never was. */
  readonly switchedAt?: EpochMs | undefined
}

export interface SetPointStep {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly power: number
  readonly phases?: 1 | 3 | undefined
}

/**
 * One car's rise at a boundary waits for the others' fall: stations ramp, and their clocks differ a little. What rises on a phase because of a
 * switch waits anyway: a car pauses for it.
 */
const RISE_DELAY_S = 5

/**
 * Steps without gaps as a schedule of at most so many periods. Of more, the first stay exact and a last one pauses, which no limit
 * can mind: the station is told the rest before that begins.
 */
export const setPointSchedule = (steps: readonly SetPointStep[], now: EpochMs, maxPeriods: number): SetPointSchedule => {
  const start = epochMs(Math.floor(now / SECOND) * SECOND)
  const periods: SetPointPeriod[] = []
  for (const { from, to, power, phases } of steps) {
    const last = periods.at(-1)
    const isSame = (period: SetPointPeriod | undefined) => period?.power === power && period.phases === phases
    const isRise = last !== undefined && power > last.power
    const startSeconds = last === undefined ? 0 : Math.ceil((from - start) / SECOND) + (isRise ? RISE_DELAY_S : 0)
    if (isSame(last) || epochMs(start + startSeconds * SECOND) >= to) continue
    if (last && startSeconds <= last.startSeconds) periods.pop()
    if (!isSame(periods.at(-1))) periods.push({ startSeconds, power: watts(power), ...(phases && { phases }) })
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

const periodAt = ({ start, periods }: SetPointSchedule, at: EpochMs): SetPointPeriod | undefined => {
  let found = periods[0]
  for (const period of periods) if (start + period.startSeconds * SECOND <= at) found = period
  return found
}

/** What a schedule allows at an instant; before its start, what it begins with. */
export const powerAt = (schedule: SetPointSchedule, at: EpochMs): Watts => periodAt(schedule, at)?.power ?? watts(0)

/** The phases in use at an instant; undefined where they are not switched. */
export const phasesAt = (schedule: SetPointSchedule, at: EpochMs): 1 | 3 | undefined => periodAt(schedule, at)?.phases

/** When it switches for the last time up to an instant; where it does not, when the EVSE had been switched before it began. */
export const lastSwitch = ({ start, periods, switchedAt }: SetPointSchedule, at: EpochMs): EpochMs | undefined => {
  let last = switchedAt
  for (const [index, { startSeconds, phases }] of periods.entries()) {
    const begins = epochMs(start + startSeconds * SECOND)
    if (index > 0 && begins <= at && phases !== periods[index - 1]!.phases) last = begins
  }
  return last
}

/** The most that it allows within [from, to). */
export const mostWithin = (schedule: SetPointSchedule, from: EpochMs, to: EpochMs): number =>
  mostOfPeriods(schedule, { from, to, is: () => true })

/** The most that it allows on so many phases within [from, to); what does not say is on three. */
export const mostOnPhases = (
  schedule: SetPointSchedule,
  of: 1 | 3,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
): number => mostOfPeriods(schedule, { from, to, is: ({ phases = 3 }) => phases === of })

const mostOfPeriods = (
  { start, periods }: SetPointSchedule,
  { from, to, is }: { readonly from: EpochMs; readonly to: EpochMs; readonly is: (period: SetPointPeriod) => boolean },
): number => {
  let most = 0
  for (const [index, period] of periods.entries()) {
    const { startSeconds, power } = period
    const begins = index === 0 ? Number.NEGATIVE_INFINITY : start + startSeconds * SECOND
    const next = periods[index + 1]
    const ends = next === undefined ? Number.POSITIVE_INFINITY : start + next.startSeconds * SECOND
    if (begins < to && ends > from && is(period)) most = Math.max(most, power)
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
