import { hash } from 'node:crypto'
import type { MeterSampled } from '@voltway/domain/sessions'
import { type EpochMs, wattHours, watts } from '@voltway/units'
import type { MeterReading } from '@voltway/wire/ocpp'

export interface Sampled {
  readonly evse: number
  readonly connector: number | undefined
  readonly transactionId: string | undefined
  readonly receivedAt: EpochMs
}

/** Readings as facts. What a car gives back counts as negative power and current. */
export const meterFacts = (readings: readonly MeterReading[], at: Sampled): readonly MeterSampled[] =>
  readings.map((reading) => ({
    kind: 'meter.sampled',
    ...at,
    occurredAt: reading.atMs,
    payloadHash: hashOf(reading),
    context: reading.context,
    importWh: whole(reading.importWh),
    exportWh: whole(reading.exportWh),
    powerW: within(MOST_W, net(reading.powerImportW, reading.powerExportW, watts)),
    offeredW: within(MOST_W, reading.powerOfferedW),
    currentA: within(MOST_A, net(reading.currentImportA, reading.currentExportA, Number)),
    voltageV: within(MOST_V, reading.voltageV),
    socPercent: (reading.socPercent ?? 0) < 0 ? undefined : within(100, reading.socPercent),
    other: otherOf(reading),
  }))

/** The reading's moment is a part of the key of its own, and is ours where the station has no clock. */
const hashOf = (reading: MeterReading): string =>
  hash('sha1', JSON.stringify({ ...reading, atMs: undefined, clock: undefined }), 'base64url')

/** A register that no number holds exactly is left out, and the rest of the reading kept: the frame says what was sent. */
const whole = (value: number | undefined) =>
  value !== undefined && Number.isSafeInteger(Math.round(value)) ? wattHours(Math.round(value)) : undefined

/** No charger comes near; numbers beyond are no measurements, and would drown the sums that they enter. */
const [MOST_W, MOST_A, MOST_V] = [1e9, 1e6, 1e6]
const within = <Value extends number>(most: number, value: Value | undefined): Value | undefined =>
  value !== undefined && Math.abs(value) <= most ? value : undefined

const net = <Value extends number>(given: number | undefined, back: number | undefined, as: (value: number) => Value): Value | undefined =>
  given === undefined && back === undefined ? undefined : as((given ?? 0) - (back ?? 0))

const KEPT = ['importIntervalWh', 'exportIntervalWh', 'currentOfferedA', 'temperatureC', 'frequencyHz', 'importLocation'] as const

/** Without the list of its names: this runs for every reading. */
function isEmpty(record: object): boolean {
  for (const _ in record) return false
  return true
}

function otherOf(reading: MeterReading): Record<string, unknown> | undefined {
  const kept: Record<string, unknown> = {}
  for (const name of KEPT) if (reading[name] !== undefined) kept[name] = reading[name]
  if (!isEmpty(reading.phases)) kept.phases = reading.phases
  if (reading.signed.length > 0) kept.signed = reading.signed
  if (reading.other.length > 0) kept.other = reading.other
  if (reading.clock === 'receiver') kept.clock = 'receiver'
  return isEmpty(kept) ? undefined : kept
}
