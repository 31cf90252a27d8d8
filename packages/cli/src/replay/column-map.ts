import type { ColumnMapping } from '@voltway/sim'
import { fail, ok, type Result } from '@voltway/units'

/** What a column may hold, by the name it has in our own recordings. */
const MEANINGS: Readonly<Record<string, keyof ColumnMapping>> = {
  session_id: 'id',
  site: 'site',
  evse_id: 'evse',
  user_id: 'user',
  arrival: 'arrival',
  departure: 'departure',
  energy_kwh: 'energyKwh',
  energy_wh: 'energyWh',
  pmax_kw: 'maxPowerKw',
  extra: 'extra',
}
/** Without one of these nothing can be replayed; a file that lacks another is read without it. */
const NEEDED: ReadonlySet<keyof ColumnMapping> = new Set(['evse', 'arrival', 'departure'])

export const COLUMN_NAMES: readonly string[] = Object.keys(MEANINGS)

/** Reads `arrival=from,evse_id=box`: ours on the left, the file's on the right. */
const readMap = (text: string): Result<ReadonlyMap<string, string>, string> => {
  const named = new Map<string, string>()
  for (const pair of text.split(',').filter((part) => part.trim() !== '')) {
    const place = pair.indexOf('=')
    const [ours, theirs] = [pair.slice(0, place).trim(), pair.slice(place + 1).trim()]
    if (place < 1 || theirs === '') return fail(`"${pair.trim()}" is not column=column`)
    if (!Object.hasOwn(MEANINGS, ours)) return fail(`"${ours}" is not one of ${COLUMN_NAMES.join(', ')}`)
    named.set(ours, theirs)
  }
  return ok(named)
}

/**
 * Which column of a file holds what.
 * @param map as given on the command line; what it does not name has our name for it, where the file has that
 * @param header the file's columns
 * @returns failure: what is wrong with the map, or which columns the file lacks
 */
export const columnsOf = (map: string, header: readonly string[]): Result<ColumnMapping, string> => {
  const named = readMap(map)
  if (!named.ok) return named
  const columns: Partial<Record<keyof ColumnMapping, string>> = {}
  const missing: string[] = []
  for (const [ours, meaning] of Object.entries(MEANINGS)) {
    const theirs = named.value.get(ours) ?? ours
    if (header.includes(theirs)) columns[meaning] = theirs
    else if (named.value.has(ours) || NEEDED.has(meaning)) missing.push(theirs)
  }
  if (columns.energyWh !== undefined) delete columns.energyKwh
  const { evse, arrival, departure } = columns
  if (missing.length > 0) return fail(`the file has no column ${missing.join(', ')}; it has ${header.join(', ')}`)
  if (columns.energyKwh === undefined && columns.energyWh === undefined)
    return fail(`the file has no column energy_kwh or energy_wh; it has ${header.join(', ')}`)
  return evse && arrival && departure ? ok({ ...columns, evse, arrival, departure }) : fail('evse_id, arrival and departure are needed')
}
