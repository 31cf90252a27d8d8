import { seeded } from '@voltway/units'
import { randomDocument } from '../../exi/testing/random-document.ts'
import { encodeFrame, PAYLOAD_TYPE, V2gtpReassembly } from '../../v2gtp/index.ts'
import { type SchemaName, untypedCodecOf } from '../index.ts'
import { GRAMMARS } from './grammars.ts'

type Random = () => number
type Kind = 'document' | 'fragment'

/** A well-formed frame and what it is of. */
interface Sample {
  readonly schema: SchemaName
  readonly kind: Kind
  readonly frame: Uint8Array
}

/** What came of a run: every frame ends in exactly one of the first three. */
export interface FuzzOutcome {
  readonly read: number
  readonly refused: number
  /** Stopped at the V2GTP header, or waiting for more. */
  readonly unframed: number
  /** The longest that one frame took. */
  readonly slowestMs: number
  /** The most that was made of a byte: objects, items, characters and bytes. */
  readonly mostPerByte: number
  readonly codes: Readonly<Record<string, number>>
}

const SAMPLES_A_SET = 40
const below = (random: Random, count: number): number => Math.floor(random() * count)
const pick = <Thing>(random: Random, things: readonly Thing[]): Thing => things[below(random, things.length)]!

const samplesOf = (random: Random): readonly Sample[] =>
  GRAMMARS.flatMap(([schema, grammar]) =>
    Array.from({ length: SAMPLES_A_SET }, (_, index): Sample => {
      const kind = index % 5 === 0 ? 'fragment' : 'document'
      const encoded = untypedCodecOf(schema)[kind].encode(
        randomDocument(random, kind === 'fragment' ? grammar.fragments : grammar.documents),
      )
      if (!encoded.ok) throw new Error(JSON.stringify(encoded.failure))
      return { schema, kind, frame: encodeFrame({ payloadType: PAYLOAD_TYPE.exi, payload: encoded.value }) }
    }),
  )

const concat = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]))

/** Changes a body; one in ten is left whole. */
const spoiled = (random: Random, body: Uint8Array, other: Uint8Array): Uint8Array => {
  let bytes: Uint8Array = body.slice()
  for (let changes = below(random, 4); changes > 0; changes--) {
    const at = below(random, bytes.length)
    const way = random()
    if (way < 0.5) bytes[at]! ^= 1 << below(random, 8)
    else if (way < 0.6) bytes[at] = pick(random, [0, 0x7f, 0x80, 0xff])
    else if (way < 0.75) bytes = bytes.slice(0, at + 1)
    else if (way < 0.85)
      bytes = concat(
        bytes.subarray(0, at),
        Uint8Array.from({ length: below(random, 12) }, () => below(random, 256)),
        bytes.subarray(at),
      )
    else if (way < 0.93) bytes = concat(bytes.subarray(0, at), other.subarray(below(random, other.length)))
    else bytes = concat(bytes, bytes.subarray(at))
  }
  return bytes
}

const reframed = (random: Random, { frame }: Sample, other: Sample): Uint8Array => {
  const payload = spoiled(random, frame.subarray(8), other.frame.subarray(8))
  const whole = encodeFrame({ payloadType: PAYLOAD_TYPE.exi, payload })
  if (random() < 0.03) whole[below(random, 8)]! ^= 1 << below(random, 8)
  return whole
}

/** Objects, items, characters and bytes of a value. */
const weightOf = (value: unknown): number => {
  if (typeof value === 'string' || value instanceof Uint8Array) return 1 + value.length
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + weightOf(item), 1)
  if (typeof value === 'object' && value !== null) return Object.values(value).reduce((sum: number, item) => sum + weightOf(item), 1)
  return 1
}

/** More than this of one byte of a body is a defect: an element takes a bit, a repeated value 64 characters a byte. */
const MOST_PER_BYTE = 80
const FREE = 16

const receive = (frame: Uint8Array, cut: number): Uint8Array | undefined => {
  const reassembly = new V2gtpReassembly()
  const first = reassembly.push(frame.subarray(0, cut))
  const second = reassembly.push(frame.subarray(cut))
  return [...(first.ok ? first.value : []), ...(second.ok ? second.value : [])][0]?.payload
}

/** One body through the codec: what is read must be written and read again to the same; what deviates, only leniently. */
const survive = ({ schema, kind }: Sample, body: Uint8Array): { readonly code: string; readonly perByte: number } => {
  const codec = untypedCodecOf(schema)[kind]
  const decoded = codec.decode(body)
  if (!decoded.ok) return { code: decoded.failure.code, perByte: 0 }
  const weight = weightOf(decoded.value)
  if (weight > body.length * MOST_PER_BYTE + FREE) throw new Error(`${weight} things of ${body.length} bytes`)
  const lenient = decoded.value.deviations !== undefined
  const strict = codec.encode(decoded.value)
  if (lenient && (strict.ok || strict.failure.code !== 'facet')) throw new Error(`not refused: ${JSON.stringify(decoded.value.deviations)}`)
  const encoded = lenient ? codec.encode(decoded.value, { lenient }) : strict
  if (!encoded.ok) throw new Error(`read but not written: ${JSON.stringify(encoded.failure)}`)
  const again = codec.decode(encoded.value)
  const bytes = again.ok ? codec.encode(again.value, { lenient }) : again
  if (!bytes.ok || bytes.value.toHex() !== encoded.value.toHex()) throw new Error('not the same when written and read again')
  const xml = codec.toXml(decoded.value, { lenient })
  if (!xml.ok && xml.failure.code !== 'character') throw new Error(`no XML: ${JSON.stringify(xml.failure)}`)
  return { code: lenient ? 'deviating' : 'read', perByte: weight / body.length }
}

/**
 * Sends `count` randomly spoiled frames through reassembly and decoding; what is read goes on to encoding and XML.
 * @param clock milliseconds, to see how long a frame takes
 * @throws whatever escapes, with the seed and the frame in its message: nothing may
 */
export const fuzzFrames = (count: number, seed: number, clock: () => number): FuzzOutcome => {
  const random = seeded(seed)
  const samples = samplesOf(random)
  const codes: Record<string, number> = {}
  let unframed = 0
  let slowestMs = 0
  let mostPerByte = 0
  for (let round = 0; round < count; round++) {
    const sample = pick(random, samples)
    const frame = reframed(random, sample, pick(random, samples))
    const began = clock()
    try {
      const body = receive(frame, below(random, frame.length))
      const outcome = body && survive(sample, body)
      if (outcome === undefined) unframed++
      else {
        codes[outcome.code] = (codes[outcome.code] ?? 0) + 1
        mostPerByte = Math.max(mostPerByte, outcome.perByte)
      }
    } catch (error) {
      throw new Error(`seed ${seed}, round ${round}, ${sample.kind} of ${sample.schema}, frame ${frame.toHex()}`, { cause: error })
    }
    slowestMs = Math.max(slowestMs, clock() - began)
  }
  const { read: faultless = 0, deviating = 0 } = codes
  const read = faultless + deviating
  return { read, refused: count - unframed - read, unframed, slowestMs, mostPerByte, codes }
}
