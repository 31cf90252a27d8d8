import { API_OPTIONS, connectApi } from '../api/api.ts'
import { findStation } from '../api/find-station.ts'
import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import { isObject, type Json, type JsonObject } from '../json.ts'
import { showOne } from '../show-rows.ts'
import type { Verb } from '../verb.ts'

const payloadOf = (text: string): JsonObject => {
  const wrong = (why: string) =>
    new CommandFailure(`The payload is ${why}: ${text}`, `give an object in quotes, as '{"type":"Soft"}'.`, EXIT.usage)
  let payload: Json
  try {
    payload = JSON.parse(text)
  } catch {
    throw wrong('not JSON')
  }
  if (!isObject(payload)) throw wrong('not a JSON object')
  return payload
}

export const ocppCall: Verb = {
  noun: 'ocpp',
  verb: 'call',
  summary: "send a command to a station and print the station's own answer",
  positionals: [
    { name: 'station', summary: "the station's name or id" },
    { name: 'action', summary: 'the OCPP action, as Reset or GetVariables' },
    { name: 'payload', summary: "the request as JSON in the words of the station's OCPP version; {} when left out", optional: true },
  ],
  options: API_OPTIONS,
  examples: [
    `voltway ocpp call Depot-1 Reset '{"type":"Soft"}'`,
    `voltway ocpp call Depot-1 TriggerMessage '{"requestedMessage":"StatusNotification"}'`,
  ],
  run: async (context) => {
    const [station = '', action = '', text = '{}'] = context.positionals
    const payload = payloadOf(text)
    const api = connectApi(context)
    const id = await findStation(api, station)
    const answer = await api.post(`/stations/${encodeURIComponent(id)}/commands/${encodeURIComponent(action)}`, payload)
    showOne(context, answer, () => [JSON.stringify(answer.response ?? answer, undefined, 2)])
    return EXIT.done
  },
}
