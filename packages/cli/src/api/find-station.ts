import { CommandFailure } from '../command-failure.ts'
import { type JsonObject, show } from '../json.ts'
import type { Api } from './api.ts'
import { listAll } from './list-all.ts'

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

const named = (row: JsonObject): string => `${show(row.name)} (${show(row.id)})`

/**
 * The id of a station that a person named: by its id, or by its name, whole or in part where that is enough.
 * @throws CommandFailure when none or several match
 */
export const findStation = async (api: Api, text: string): Promise<string> => {
  if (UUID.test(text)) return text
  const rows = await listAll(api, '/stations', { limit: 20, query: { q: text } })
  const exact = rows.filter(({ name }) => typeof name === 'string' && name.toLowerCase() === text.toLowerCase())
  const matches = exact.length > 0 ? exact : rows
  const [first] = matches
  if (matches.length === 1 && typeof first?.id === 'string') return first.id
  if (matches.length === 0) throw new CommandFailure(`No station is called "${text}".`, 'voltway station list shows them all.')
  throw new CommandFailure(`"${text}" could be ${matches.map(named).join(', ')}.`, 'give the whole name or the id.')
}
