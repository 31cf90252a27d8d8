import type { EpochMs } from '@voltway/units'
import { cleanJson } from './clean-text.ts'
import { NOTHING, normalisePlain, normaliseString, type Place, type Walk } from './normalise-leaf.ts'
import type { Protocol } from './protocol.ts'
import type { ArrayShape, ObjectShape, Shape } from './shape.ts'
import type { Payload } from './validate.ts'
import { type Dropped, drop, type Notes, note, noteAll, type Violation } from './violation.ts'

export interface Normalised {
  /** A new value, or the one received where there was nothing to forgive; the received one is never changed. */
  readonly payload: unknown
  readonly violations: readonly Violation[]
  readonly dropped: readonly Dropped[]
}

/**
 * Gives a payload the form its schema asks for wherever its meaning is clear, and records what was forgiven.
 * Pure and total: any JSON value of at most `MAX_DEPTH` goes in, and what cannot be helped comes out unchanged.
 */
export function normalise(protocol: Protocol, { kind, action, payload }: Payload, now: EpochMs): Normalised {
  const message = protocol.messages.get(action)?.[kind]
  const notes: Notes = { violations: [], dropped: [], unfit: 0 }
  if (!message) return { payload, ...notes }
  const isNothing = payload === undefined || payload === null || (Array.isArray(payload) && payload.length === 0)
  if (isNothing) note(notes, 'noPayload', { path: '', value: payload })
  const value = isNothing ? {} : payload
  const place: Place = { name: '', path: '', value, required: true }
  const result = walkValue(message.shape(), place, { now, leniency: protocol.leniency, notes })
  return { payload: result, violations: notes.violations, dropped: notes.dropped }
}

function walkValue(shape: Shape, place: Place, walk: Walk): unknown {
  const { value, required } = place
  if (value === null && !required) {
    drop(walk.notes, 'emptyValue', place)
    return NOTHING
  }
  switch (shape.kind) {
    case 'object':
      return isRecord(value) ? walkObject(shape, { ...place, value }, walk) : unfit(place, walk)
    case 'array':
      return walkArray(shape, place, walk)
    case 'string':
      return normaliseString(shape, place, walk)
    case 'any':
      return cleanJson(value)
    default:
      return normalisePlain(shape, place, walk)
  }
}

function walkObject({ properties, closed }: ObjectShape, { path, value }: Place & { readonly value: JsonRecord }, walk: Walk): JsonRecord {
  const changes = new Map<string, unknown>()
  for (const [name, { required }] of properties) if (required && !(name in value)) walk.notes.unfit++
  for (const name of Object.keys(value)) {
    const before = value[name]
    const property = properties.get(name)
    const place = { name, path: `${path}/${name}`, value: before, required: property?.required ?? false }
    let after = property ? walkValue(property.shape, place, walk) : cleanJson(before)
    if (!property && closed) {
      drop(walk.notes, 'unknownProperty', place)
      after = NOTHING
    }
    if (after !== before) changes.set(name, after)
  }
  return changes.size > 0 ? replaced(value, changes) : value
}

const replaced = (value: JsonRecord, changes: ReadonlyMap<string, unknown>): JsonRecord =>
  Object.fromEntries(
    Object.entries(value)
      .map(([name, before]) => [name, changes.has(name) ? changes.get(name) : before] as const)
      .filter(([, after]) => after !== NOTHING),
  )

function walkArray(shape: ArrayShape, place: Place, walk: Walk): unknown {
  const { value, path, required } = place
  if (!Array.isArray(value) && !isRecord(value)) return unfit(place, walk)
  if (!Array.isArray(value)) note(walk.notes, 'notAnArray', place)
  const before: readonly unknown[] = Array.isArray(value) ? value : [value]
  const walkItem = place.name === 'sampledValue' ? walkSample : walkItemOf
  const items = before.map((item, index) =>
    walkItem(shape.items, { name: '', path: `${path}/${index}`, value: item, required: true }, walk),
  )
  const kept = items.filter((item) => item !== NOTHING)
  if (kept.length < shape.minItems && !required) {
    drop(walk.notes, 'noSamples', place)
    return NOTHING
  }
  return Array.isArray(value) && kept.length === before.length && kept.every((item, index) => item === before[index]) ? value : kept
}

/** A list of meter values leaves out those that have no samples, or none that can be read. */
function walkItemOf(shape: Shape, place: Place, walk: Walk): unknown {
  const item = walkValue(shape, place, walk)
  if (shape.kind !== 'object' || !shape.properties.has('sampledValue') || !isRecord(item)) return item
  const { sampledValue = [] } = item
  if (!Array.isArray(sampledValue) || sampledValue.length > 0) return item
  drop(walk.notes, 'noSamples', place)
  return NOTHING
}

/** A sample with one thing wrong is left out whole: without its unit, phase or measurand it would mean something else. */
function walkSample(shape: Shape, place: Place, walk: Walk): unknown {
  const inside: Walk = { ...walk, notes: { violations: [], dropped: [], unfit: 0 } }
  const sample = walkValue(shape, place, inside)
  if (inside.notes.unfit === 0 && isRecord(sample) && walk.leniency.isReadableSample(sample)) {
    noteAll(walk.notes, inside.notes)
    return sample
  }
  drop(walk.notes, 'badSample', place)
  return NOTHING
}

type JsonRecord = Readonly<Record<string, unknown>>
const isRecord = (value: unknown): value is JsonRecord => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Left as it is: the validator says what is wrong with it. */
function unfit({ value }: Place, { notes }: Walk): unknown {
  notes.unfit++
  return value
}
