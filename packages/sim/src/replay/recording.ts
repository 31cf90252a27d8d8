import { type EpochMs, epochMs, fail, ok, type Result } from '@voltway/units'
import { parse } from 'csv-parse/sync'
import { isObject, type JsonObject, numberOf } from '../json.ts'

/** One charging session as somebody recorded it. */
export interface RecordedSession {
  readonly id: string
  readonly site: string
  readonly evse: string
  /** Empty when nobody was named. */
  readonly user: string
  readonly arrival: EpochMs
  readonly departure: EpochMs
  readonly energyWh: number
  /** Undefined when it is not known. */
  readonly maxPowerW: number | undefined
  readonly soc: { readonly startPercent: number; readonly endPercent: number } | undefined
}

/** Which column of a CSV file holds what; a column that is left out is not there. */
export interface ColumnMapping {
  readonly id?: string
  readonly site?: string
  readonly evse: string
  readonly user?: string
  readonly arrival: string
  readonly departure: string
  readonly energyKwh?: string
  /** Instead of `energyKwh`. */
  readonly energyWh?: string
  readonly maxPowerKw?: string
  /** A JSON object with `soc0` and `soc1` in percent. */
  readonly extra?: string
}
export const RECORDING_COLUMNS: ColumnMapping = {
  id: 'session_id',
  site: 'site',
  evse: 'evse_id',
  user: 'user_id',
  arrival: 'arrival',
  departure: 'departure',
  energyKwh: 'energy_kwh',
  maxPowerKw: 'pmax_kw',
  extra: 'extra',
}

export interface RejectedRow {
  /** Counted from 2, as an editor shows it below the header. */
  readonly line: number
  readonly id: string
  readonly reason: 'timeUnreadable' | 'departureNotAfterArrival' | 'energyUnreadable' | 'evseMissing'
}
export interface Recording {
  readonly sessions: readonly RecordedSession[]
  readonly rejected: readonly RejectedRow[]
}
export interface RecordingOptions {
  readonly columns?: ColumnMapping
  /** IANA zone in which naive times are read. */
  readonly timeZone: string
}

/**
 * Reads recorded sessions, in order of arrival. A naive time that a daylight-saving change makes ambiguous is its earlier instant.
 * @returns failure naming the columns that the header lacks
 */
export function readRecording(
  csv: string,
  { columns = RECORDING_COLUMNS, timeZone }: RecordingOptions,
): Result<Recording, readonly string[]> {
  const rows: readonly Readonly<Record<string, string>>[] = parse(csv, {
    columns: true,
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
    // Files that several programs have touched end their lines in several ways.
    record_delimiter: ['\r\n', '\n', '\r'],
  })
  const header = Object.keys(rows[0] ?? {})
  const missing = Object.values(columns).filter((column: string) => rows.length > 0 && !header.includes(column))
  if (missing.length > 0) return fail(missing)
  const sessions: RecordedSession[] = []
  const rejected: RejectedRow[] = []
  rows.forEach((row, index) => {
    const read = readRow(row, { columns, timeZone, fallbackId: String(index + 1) })
    if (read.ok) sessions.push(read.value)
    else rejected.push({ line: index + 2, id: row[columns.id ?? ''] ?? String(index + 1), reason: read.failure })
  })
  return ok({ sessions: sessions.toSorted((a, b) => a.arrival - b.arrival), rejected })
}

interface RowContext {
  readonly columns: ColumnMapping
  readonly timeZone: string
  readonly fallbackId: string
}

function readRow(
  row: Readonly<Record<string, string>>,
  { columns, timeZone, fallbackId }: RowContext,
): Result<RecordedSession, RejectedRow['reason']> {
  const cell = (column: string | undefined) => (column === undefined ? '' : (row[column] ?? '').trim())
  const [arrival, departure] = [instant(cell(columns.arrival), timeZone), instant(cell(columns.departure), timeZone)]
  if (arrival === undefined || departure === undefined) return fail('timeUnreadable')
  if (departure <= arrival) return fail('departureNotAfterArrival')
  const energyWh = columns.energyWh ? Number(cell(columns.energyWh) || 'none') : Number(cell(columns.energyKwh) || 'none') * 1000
  if (!Number.isFinite(energyWh) || energyWh < 0) return fail('energyUnreadable')
  const evse = cell(columns.evse)
  if (evse === '') return fail('evseMissing')
  const maxPowerW = Number(cell(columns.maxPowerKw)) * 1000
  return ok({
    id: cell(columns.id) || fallbackId,
    site: cell(columns.site) || 'site',
    evse,
    user: cell(columns.user),
    arrival,
    departure,
    energyWh: Math.round(energyWh),
    maxPowerW: maxPowerW > 0 ? maxPowerW : undefined,
    soc: readSoc(cell(columns.extra)),
  })
}

function instant(text: string, timeZone: string): EpochMs | undefined {
  const iso = text.replace(' ', 'T')
  try {
    if (/(Z|[+-]\d{2}:?\d{2})$/.test(iso)) return epochMs(Temporal.Instant.from(iso).epochMilliseconds)
    return epochMs(Temporal.PlainDateTime.from(iso).toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds)
  } catch {
    return undefined
  }
}

function readSoc(extra: string): RecordedSession['soc'] {
  const { soc0, soc1 } = jsonObject(extra)
  const [startPercent, endPercent] = [numberOf(soc0), numberOf(soc1)]
  return startPercent === undefined || endPercent === undefined ? undefined : { startPercent, endPercent }
}
function jsonObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text || '{}')
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}
