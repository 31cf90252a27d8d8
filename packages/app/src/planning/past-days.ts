import type { PastCar } from '@voltway/domain/planning/steering'
import type { PastSession } from '@voltway/store'
import { type ChargingStationId, DAY, type EpochMs, epochMs, wallClock, wattHours, watts } from '@voltway/units'

/** How many of the last days stand for what may come (record 12). */
const MOST_DAYS = 10

interface MovedSession {
  readonly session: PastSession
  readonly daysAgo: number
  /** When it would begin if it came again at the same hour by the site's clock. */
  readonly today: EpochMs
  readonly tomorrow: EpochMs
}

/** A site's last days as they look from one of its days. */
export interface PastDays {
  /** The day, by the site's clock. */
  readonly date: string
  readonly sessions: readonly MovedSession[]
  /** Days since its first session, at most as many as are looked at; days without any count. */
  readonly days: number
}

export const dateOf = (now: EpochMs, timeZone: string): string => wallClock(now, timeZone).toPlainDate().toString()

/** The first moment that matters: the day before the oldest may go on past midnight. */
export const pastFrom = (now: EpochMs, timeZone: string): EpochMs =>
  epochMs(
    wallClock(now, timeZone)
      .startOfDay()
      .subtract({ days: MOST_DAYS + 1 }).epochMilliseconds,
  )

/** Moves past sessions to this day and the next, at the same hour by the site's clock. */
export const openPastDays = (sessions: readonly PastSession[], at: { readonly now: EpochMs; readonly timeZone: string }): PastDays => {
  const today = wallClock(at.now, at.timeZone).toPlainDate()
  const moved = sessions.map((session): MovedSession => {
    const began = wallClock(session.startedAt, at.timeZone)
    const daysAgo = began.toPlainDate().until(today).days
    const onDay = (days: number) => epochMs(began.add({ days }).epochMilliseconds)
    return { session, daysAgo, today: onDay(daysAgo), tomorrow: onDay(daysAgo + 1) }
  })
  const oldest = moved.reduce((most, { daysAgo }) => Math.max(most, daysAgo), 0)
  return { date: today.toString(), sessions: moved, days: Math.min(MOST_DAYS, oldest) }
}

/**
 * Who came after this hour on each of the last days, and in the day that followed, moved to now; the latest day first. One whose slot
 * had been booked by this hour is left out: what is booked today is known already.
 */
export const pastDaysAt = (
  { sessions, days }: PastDays,
  { now, stationIds }: { readonly now: EpochMs; readonly stationIds: readonly ChargingStationId[] },
): readonly (readonly PastCar[])[] => {
  const found = Array.from({ length: days }, (): PastCar[] => [])
  const add = ({ session }: MovedSession, from: EpochMs, day: number): void => {
    const { stationId, startedAt, endedAt, importWh, maxPowerW, bookedAt } = session
    const station = stationIds.indexOf(stationId)
    const isKnown = bookedAt !== null && from - (startedAt - bookedAt) <= now
    if (station < 0 || isKnown || day < 1 || day > days || from <= now || from > now + DAY) return
    const to = epochMs(from + endedAt - startedAt)
    found[day - 1]!.push({ station, from, to, energy: wattHours(importWh), maxPower: watts(maxPowerW) })
  }
  for (const moved of sessions) {
    add(moved, moved.today, moved.daysAgo)
    add(moved, moved.tomorrow, moved.daysAgo + 1)
  }
  return found
}
