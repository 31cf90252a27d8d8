import { API_OPTIONS, connectApi } from '../api/api.ts'
import { LIMIT_OPTION, limitOf, listAll } from '../api/list-all.ts'
import { EXIT } from '../exit-codes.ts'
import { at, type JsonObject, show } from '../json.ts'
import { type Column, showRows } from '../show-rows.ts'
import type { Verb } from '../verb.ts'

const evsesOf = ({ evses }: JsonObject): string =>
  Array.isArray(evses) ? evses.map((evse) => `${show(at(evse, 'number'))}:${show(at(evse, 'status'))}`).join(' ') : '–'

const COLUMNS: readonly Column[] = [
  ['Station', ({ name }) => show(name)],
  ['Site', ({ siteName }) => show(siteName)],
  ['Link', ({ online }) => (online === true ? 'online' : 'offline')],
  ['OCPP', ({ ocppVersion }) => show(ocppVersion)],
  ['EVSEs', evsesOf],
  ['Id', ({ id }) => show(id)],
]

const text = (value: string | boolean | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

export const stationList: Verb = {
  noun: 'station',
  verb: 'list',
  summary: 'the charging stations and what their EVSEs are doing',
  options: {
    ...API_OPTIONS,
    ...LIMIT_OPTION,
    q: { type: 'string', value: 'text', summary: 'only those whose name contains this' },
    site: { type: 'string', value: 'id', summary: 'only those of this site' },
    status: { type: 'string', value: 'status', summary: 'only those with an EVSE in this status' },
    'in-error': { type: 'boolean', summary: 'only those in error' },
  },
  examples: ['voltway station list --in-error', 'voltway station list --json'],
  run: async (context) => {
    const { values } = context
    const query = {
      q: text(values.q),
      siteId: text(values.site),
      status: text(values.status),
      inError: values['in-error'] ? 'true' : undefined,
    }
    showRows(context, await listAll(connectApi(context), '/stations', { limit: limitOf(context), query }), COLUMNS)
    return EXIT.done
  },
}
