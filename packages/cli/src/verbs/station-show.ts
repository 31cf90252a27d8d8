import { API_OPTIONS, connectApi } from '../api/api.ts'
import { findStation } from '../api/find-station.ts'
import { EXIT } from '../exit-codes.ts'
import { at, type Json, type JsonObject, show } from '../json.ts'
import { tableLines } from '../print-table.ts'
import { kiloWatts } from '../quantities.ts'
import { showOne } from '../show-rows.ts'
import type { Verb } from '../verb.ts'

const FACTS: readonly (readonly [name: string, path: string])[] = [
  ['Site', 'siteName'],
  ['OCPP', 'ocppVersion'],
  ['OCPP identity', 'identity'],
  ['Vendor', 'vendor'],
  ['Model', 'model'],
  ['Firmware', 'firmware'],
  ['Last seen', 'lastSeenAt'],
  ['Open alarms', 'openAlarms'],
]

const evseRow = (evse: Json): readonly string[] => [
  show(at(evse, 'number')),
  show(at(evse, 'label')),
  kiloWatts(at(evse, 'maxPowerW')),
  show(at(evse, 'status')),
  show(at(evse, 'statusSince')),
  show(at(evse, 'session.id')),
]

const lines = (station: JsonObject): readonly string[] => [
  `${show(station.name)}: ${station.online === true ? 'online' : 'offline'}`,
  ...FACTS.map(([name, path]) => `  ${name.padEnd(14)} ${show(at(station, path))}`),
  '',
  ...tableLines(
    ['EVSE', 'Label', 'Most (kW)', 'Status', 'Since', 'Session'],
    Array.isArray(station.evses) ? station.evses.map(evseRow) : [],
  ),
]

export const stationShow: Verb = {
  noun: 'station',
  verb: 'show',
  summary: 'one charging station with its EVSEs',
  positionals: [{ name: 'station', summary: "the station's name or id" }],
  options: API_OPTIONS,
  run: async (context) => {
    const api = connectApi(context)
    const id = await findStation(api, context.positionals[0] ?? '')
    const station = await api.get(`/stations/${encodeURIComponent(id)}`)
    showOne(context, station, () => lines(station))
    return EXIT.done
  },
}
