import { isObject, type JsonObject, listOf } from './json.ts'
import type { Quirks } from './quirks.ts'

type Distortion = (payload: JsonObject, action: string) => JsonObject

const TIMESTAMP: Readonly<Record<NonNullable<Quirks['timestamps']>, (iso: string) => string>> = {
  noZone: (iso) => iso.replace('Z', ''),
  shortOffset: (iso) => iso.replace('Z', '+00'),
  // A clock set to local time, two hours ahead, that calls itself UTC.
  localAsZulu: (iso) => Temporal.Instant.from(iso).add({ hours: 2 }).toString({ fractionalSecondDigits: 3 }),
  year1970: (iso) => `1970-01-01${iso.slice(10)}`,
}
const ISO = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

/** The payload of a CALL as a station with these quirks would send it. */
export function distort(quirks: Quirks, action: string, payload: JsonObject): JsonObject {
  const distortions: readonly (Distortion | false | undefined)[] = [
    quirks.wrongValueTypes && ((one) => mapKey(one, 'value', flipType)),
    quirks.unknownUnits &&
      ((one) => mapSamples(one, (samples) => [...samples, { value: '50.0', measurand: 'Request.Energy', unit: 'Hertz' }])),
    quirks.emptySampledValue && action === 'MeterValues' && withEmptySamples,
    quirks.meterValueAsObject && ((one) => (Array.isArray(one.meterValue) ? { ...one, meterValue: one.meterValue[0] } : one)),
    quirks.timestamps && ((one) => mapTexts(one, (text) => (ISO.test(text) ? TIMESTAMP[quirks.timestamps!](text) : text))),
    quirks.idTagCase && ((one) => mapKey(one, 'idTag', (text) => (typeof text === 'string' ? text.toLowerCase() : text))),
    quirks.transactionNumber !== undefined &&
      (action === 'MeterValues' || action === 'StopTransaction') &&
      ((one) => ({ ...one, transactionId: quirks.transactionNumber })),
    quirks.noTransactionInMeterValues && action === 'MeterValues' && (({ transactionId: _, ...rest }) => rest),
    quirks.noEvseInEvents && action === 'TransactionEvent' && (({ evse: _, ...rest }) => rest),
    quirks.overlongNames &&
      action === 'BootNotification' &&
      ((one) => mapTexts(one, (text) => (text.length > 3 ? text.padEnd(80, '.') : text))),
  ]
  return distortions.reduce<JsonObject>((result, change) => (change ? change(result, action) : result), payload)
}

const flipType = (value: unknown): unknown =>
  typeof value === 'number'
    ? String(value)
    : typeof value === 'string' && value !== '' && Number.isFinite(Number(value))
      ? Number(value)
      : value

const withEmptySamples: Distortion = (payload) => {
  const meterValue = listOf(payload.meterValue)
  return { ...payload, meterValue: [...meterValue, { timestamp: meterValue[0]?.timestamp, sampledValue: [] }] }
}

const mapSamples = (payload: JsonObject, change: (samples: readonly JsonObject[]) => readonly JsonObject[]): JsonObject =>
  Array.isArray(payload.meterValue)
    ? { ...payload, meterValue: listOf(payload.meterValue).map((one) => ({ ...one, sampledValue: change(listOf(one.sampledValue)) })) }
    : payload

const mapValue = (value: unknown, change: (leaf: unknown, key: string) => unknown, key = ''): unknown => {
  if (Array.isArray(value)) return value.map((one: unknown) => mapValue(one, change, key))
  if (isObject(value)) return mapObject(value, change)
  return change(value, key)
}
const mapObject = (value: JsonObject, change: (leaf: unknown, key: string) => unknown): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapValue(one, change, key)]))

const mapKey = (payload: JsonObject, name: string, change: (leaf: unknown) => unknown) =>
  mapObject(payload, (leaf, key) => (key === name ? change(leaf) : leaf))
const mapTexts = (payload: JsonObject, change: (text: string) => string) =>
  mapObject(payload, (leaf) => (typeof leaf === 'string' ? change(leaf) : leaf))
