import { API_OPTIONS, connectApi } from '../api/api.ts'
import { LIMIT_OPTION, limitOf, listAll } from '../api/list-all.ts'
import { EXIT } from '../exit-codes.ts'
import { at, show } from '../json.ts'
import { kiloWattHours, money } from '../quantities.ts'
import { type Column, showRows } from '../show-rows.ts'
import type { Verb } from '../verb.ts'

const COLUMNS: readonly Column[] = [
  ['Started', ({ startedAt }) => show(startedAt)],
  ['Ended', ({ endedAt }) => show(endedAt)],
  ['State', ({ state }) => show(state)],
  ['Station', ({ stationName }) => show(stationName)],
  ['EVSE', ({ evseLabel }) => show(evseLabel)],
  ['Driver', ({ driverName }) => show(driverName)],
  ['Energy (kWh)', ({ importWh }) => kiloWattHours(importWh)],
  ['Cost (total)', (row) => money(at(row, 'cost.total'))],
  ['Id', ({ id }) => show(id)],
]

const text = (value: string | boolean | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

export const sessionList: Verb = {
  noun: 'session',
  verb: 'list',
  summary: 'charging sessions, the newest first',
  options: {
    ...API_OPTIONS,
    ...LIMIT_OPTION,
    state: { type: 'string', value: 'state', summary: 'only those in this state' },
    site: { type: 'string', value: 'id', summary: 'only those of this site' },
    station: { type: 'string', value: 'id', summary: 'only those of this station' },
    from: { type: 'string', value: 'time', summary: 'only those from this moment on (ISO 8601)' },
    to: { type: 'string', value: 'time', summary: 'only those before this moment (ISO 8601)' },
    'in-error': { type: 'boolean', summary: 'only those in error' },
  },
  run: async (context) => {
    const { values } = context
    const query = {
      state: text(values.state),
      siteId: text(values.site),
      stationId: text(values.station),
      from: text(values.from),
      to: text(values.to),
      inError: values['in-error'] ? 'true' : undefined,
    }
    showRows(context, await listAll(connectApi(context), '/sessions', { limit: limitOf(context), query }), COLUMNS)
    return EXIT.done
  },
}
