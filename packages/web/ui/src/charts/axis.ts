const HOUR = 3_600_000
const MINUTE = 60_000
const STEPS = [
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  4 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
  48 * HOUR,
  168 * HOUR,
]

/** Round instants of the zone's wall clock between two, at most `most` of them. */
export const timeTicks = (from: number, to: number, timeZone: string, most: number): readonly number[] => {
  const step = STEPS.find((length) => (to - from) / length <= most) ?? STEPS.at(-1) ?? HOUR
  const midnight = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).startOfDay().epochMilliseconds
  const first = midnight + Math.ceil((from - midnight) / step) * step
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step)
}

/** The starts of the days of a zone that lie between two instants. */
export const dayTicks = (from: number, to: number, timeZone: string): readonly number[] => {
  const ticks: number[] = []
  let day = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).startOfDay()
  while (day.epochMilliseconds < to) {
    if (day.epochMilliseconds >= from) ticks.push(day.epochMilliseconds)
    day = day.add({ days: 1 }).startOfDay()
  }
  return ticks
}

/** Round values from zero up to at least `top`: about `wanted` of them. */
export const valueTicks = (top: number, wanted = 4): readonly number[] => {
  const rough = Math.max(top, 1e-9) / wanted
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10) * magnitude
  return Array.from({ length: Math.ceil(top / step - 1e-9) + 1 }, (_, index) => index * step)
}
