import { type Rooted, type SchemaName, untypedCodecOf } from '@voltway/wire/iso15118'
import { readVectors } from '../../packages/wire/src/iso15118/testing/vectors.ts'
import { certificateMessages } from './certificate-cases.ts'

export interface BenchCase {
  readonly name: string
  readonly schema: SchemaName
  readonly bytes: Uint8Array
  /** The same message as JSON, with bytes in base64 and 64-bit integers as text. */
  readonly text: string
}

/** The objects of a message as each side makes them. */
export interface BenchObjects {
  readonly document: Rooted
  readonly plain: unknown
}

/** Messages whose speed matters: those of the charge loops, the largest, and the first. */
const WANTED: readonly (readonly [file: string, message: string])[] = [
  ['app_protocol', 'supportedAppProtocolReq'],
  ['din70121', 'CurrentDemandReq'],
  ['din70121', 'CurrentDemandRes'],
  ['iso15118-2', 'SessionSetupReq'],
  ['iso15118-2', 'CurrentDemandReq'],
  ['iso15118-2', 'ChargeParameterDiscoveryRes'],
  ['iso15118-2', 'CertificateInstallationRes'],
  ['iso15118-20_commonmessages', 'ScheduleExchangeRes'],
  ['iso15118-20_commonmessages', 'CertificateInstallationReq'],
  ['iso15118-20_ac', 'AC_ChargeLoopReq'],
  ['iso15118-20_dc', 'DC_ChargeLoopRes'],
  ['iso15118-20_wpt', 'WPT_PairingRes'],
]

const forJson = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value instanceof Uint8Array ? value.toBase64() : value

/** Made just before they are measured: V8 may have given up the shapes of older ones, and both sides are slower with those. */
export const objectsOf = ({ schema, bytes, text }: BenchCase): BenchObjects => {
  const decoded = untypedCodecOf(schema).document.decode(bytes)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.failure))
  return { document: decoded.value, plain: JSON.parse(text) }
}

const caseOf = (name: string, schema: SchemaName, bytes: Uint8Array): BenchCase => {
  const decoded = untypedCodecOf(schema).document.decode(bytes)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.failure))
  return { name: `${schema}-${name}`, schema, bytes, text: JSON.stringify(decoded.value, forJson) }
}

/** The vector of median length of each wanted message; their blobs are short. Then messages with whole chains of certificates. */
export const benchCases = (): readonly BenchCase[] => [
  ...WANTED.map(([file, message]) => {
    const vectors = readVectors(file)
      .filter(({ id }) => id.includes(`-${message}-`))
      .sort((a, b) => a.exi_hex.length - b.exi_hex.length)
    const vector = vectors[Math.floor(vectors.length / 2)]
    if (vector === undefined) throw new Error(`no vector of ${message} in ${file}`)
    return caseOf(message, vector.schema, Uint8Array.fromHex(vector.exi_hex))
  }),
  ...certificateMessages().map(({ schema, message, bytes }) => caseOf(`${message}-chains`, schema, bytes)),
]
