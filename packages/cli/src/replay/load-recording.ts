import { readFile } from 'node:fs/promises'
import { type RecordedSession, type RejectedRow, readRecording } from '@voltway/sim'
import { type EpochMs, epochMs, wallClock } from '@voltway/units'
import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import { columnsOf } from './column-map.ts'
import { zoneOfSite } from './zone-of-site.ts'

export interface LoadOptions {
  readonly file: string
  /** `column=column,...`; empty for our own names. */
  readonly map: string
  /** For every site; left out, each site's own is known or UTC. */
  readonly timeZone: string | undefined
  /** First day, as YYYY-MM-DD on the sites' wall clock; the recording's own first day where left out. */
  readonly from: string | undefined
  /** Days from then on; all where left out. */
  readonly days: number | undefined
}
export interface LoadedRecording {
  readonly sessions: readonly RecordedSession[]
  readonly rejected: readonly RejectedRow[]
  readonly zoneOf: (site: string) => string
}

const usage = (message: string, advice?: string): CommandFailure => new CommandFailure(message, advice, EXIT.usage)

const textOf = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw usage(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'name a CSV file of recorded sessions.',
    )
  }
}

/** Column names of a CSV file: quotes only stand around them. */
const headerOf = (csv: string): readonly string[] =>
  (csv.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '').split(',').map((name) => name.trim().replace(/^"|"$/g, ''))

/** What a file that is no CSV makes the parser throw, as a failure that says where. */
const parsed = <Value>(read: () => Value, file: string): Value => {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_'))) throw error
    throw usage(`${file} cannot be read as CSV: ${error.message}.`, 'quote fields that hold commas, and double the quotes inside them.')
  }
}

const firstDay = ({ arrival, site }: RecordedSession, zoneOf: (site: string) => string): Temporal.PlainDate =>
  wallClock(arrival, zoneOf(site)).toPlainDate()

/** Whether a session begins in the asked days, on its site's wall clock: days of 23 and of 25 hours included. */
const inDays = (from: Temporal.PlainDate, days: number | undefined, zoneOf: (site: string) => string) => {
  const bounds = new Map<string, readonly [EpochMs, EpochMs]>()
  const startOf = (date: Temporal.PlainDate, zone: string) => epochMs(date.toZonedDateTime(zone).epochMilliseconds)
  return ({ arrival, site }: RecordedSession): boolean => {
    const zone = zoneOf(site)
    const known = bounds.get(zone)
    const [begin, end] = known ?? [
      startOf(from, zone),
      days === undefined ? epochMs(Number.MAX_SAFE_INTEGER) : startOf(from.add({ days }), zone),
    ]
    if (!known) bounds.set(zone, [begin, end])
    return arrival >= begin && arrival < end
  }
}

/**
 * Reads a recording, each site's naive times in its own zone, and keeps the asked days.
 * @throws CommandFailure saying what is wrong with the file, the map or the days
 */
export const loadRecording = async ({ file, map, timeZone, from, days }: LoadOptions): Promise<LoadedRecording> => {
  const csv = await textOf(file)
  const columns = columnsOf(map, headerOf(csv))
  if (!columns.ok) throw usage(`${file}: ${columns.failure}.`, 'name the columns with --map, for instance --map evse_id=box,arrival=from.')
  const zoneOf = (site: string): string => timeZone ?? zoneOfSite(site)
  const readIn = (zone: string) => {
    const read = parsed(() => readRecording(csv, { columns: columns.value, timeZone: zone }), file)
    if (!read.ok) throw usage(`${file} lacks the columns ${read.failure.join(', ')}.`)
    return read.value
  }
  const sites = new Set(readIn('UTC').sessions.map(({ site }) => site))
  const zones = new Set([...sites].map(zoneOf))
  const recordings = [...zones].map((zone) => ({ zone, recording: readIn(zone) }))
  const all = recordings
    .flatMap(({ zone, recording }) => recording.sessions.filter(({ site }) => zoneOf(site) === zone))
    .toSorted((a, b) => a.arrival - b.arrival)
  const [first] = all
  if (!first) throw usage(`${file} holds no session that can be played.`)
  const begin = from === undefined ? firstDay(first, zoneOf) : Temporal.PlainDate.from(from)
  const sessions = all.filter(inDays(begin, days, zoneOf))
  if (sessions.length === 0) {
    const last = firstDay(all.at(-1) ?? first, zoneOf)
    throw usage(`${file} has no session in those days.`, `it begins on ${firstDay(first, zoneOf)} and ends on ${last}.`)
  }
  return { sessions, rejected: recordings[0]?.recording.rejected ?? [], zoneOf }
}
