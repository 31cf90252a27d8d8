import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PAPER_TARIFF } from '@voltway/domain/tariffs'
import { type EpochMs, epochMs, wattHours, watts } from '@voltway/units'
import type { Booking } from './booking.ts'

interface Source {
  readonly name: string
  readonly file: string
  readonly timeZone: string
}
const SOURCES: readonly Source[] = [
  { name: 'Caltech, workplace, March 2019', file: 'acn_caltech_2019-03_events.csv', timeZone: 'America/Los_Angeles' },
  { name: 'Risvollan, homes, 2018 to 2020', file: 'risvollan_2018-2020_sessions.csv', timeZone: 'Europe/Oslo' },
  { name: 'EPFL, fast chargers, 2022 to 2023', file: 'epfl_level3_2022-2023_sessions.csv', timeZone: 'Europe/Zurich' },
]

/** Where a recording does not say what charger and car could do: 32 A on one phase. */
const UNKNOWN_POWER_W = 7_360

export interface Recording {
  readonly name: string
  readonly bookings: readonly Booking[]
  /** Rows without energy or without time. */
  readonly skipped: number
}

const instantAt = (local: string, timeZone: string): EpochMs =>
  epochMs(Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds)

const bookingOf = (line: string, timeZone: string): Booking | undefined => {
  // The columns before `extra` hold no commas.
  const [, , , , from = '', to = '', kWh = '', maxKw = ''] = line.split(',')
  const [arrival, departure, energy] = [instantAt(from, timeZone), instantAt(to, timeZone), Math.round(Number(kWh) * 1_000)]
  const stay = departure - arrival
  if (!(stay > 0 && energy > 0)) return undefined
  // A recorded session was possible: its power is at least what its energy took.
  const power = watts(Math.ceil(Math.max(Number(maxKw) * 1_000 || UNKNOWN_POWER_W, (energy * 3_600_000) / stay)))
  const durationMs = Math.min(stay, Math.ceil((energy * 3_600_000) / power))
  return { wish: { arrival, durationMs, energy: wattHours(energy), departure }, power, tariff: { ...PAPER_TARIFF, timeZone } }
}

const recordingOf = ({ name, file, timeZone }: Source, folder: string): Recording => {
  const lines = readFileSync(join(folder, file), 'utf8').trim().split('\n').slice(1)
  const bookings = lines.flatMap((line) => bookingOf(line, timeZone) ?? [])
  return { name, bookings, skipped: lines.length - bookings.length }
}

/** The recordings found in a folder, or in its `charging` folder; none when it has none. */
export const realSessions = (folder: string): readonly Recording[] =>
  SOURCES.flatMap((source) => {
    const home = [folder, join(folder, 'charging')].find((each) => existsSync(join(each, source.file)))
    return home ? [recordingOf(source, home)] : []
  })
