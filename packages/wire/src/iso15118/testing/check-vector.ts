import assert from 'node:assert/strict'
import type { Result } from '@voltway/units'
import type { ExiDeviation, ExiFailure } from '../../exi/index.ts'
import { untypedCodecOf } from '../index.ts'
import type { Vector } from './vectors.ts'

const unwrap = <Value>(id: string, result: Result<Value, ExiFailure>): Value => {
  if (result.ok) return result.value
  throw new Error(`${id}: ${JSON.stringify(result.failure)}`)
}

const failureCode = (result: Result<unknown, ExiFailure>): string | undefined => (result.ok ? undefined : result.failure.code)
const sayingOf = ({ path, message }: ExiDeviation): string => `${path}: ${message}`

/**
 * Decodes a vector's body and XML, encodes both, writes XML and reads that back: all must be one and the same. What the schema does not
 * allow is told of both, and is written only leniently.
 */
export const checkVector = ({ id, schema, fragment, decode_only, canonical_exi_hex, exi_hex, xml }: Vector) => {
  const codec = untypedCodecOf(schema)[fragment ? 'fragment' : 'document']
  const decoded = unwrap(id, codec.decode(Uint8Array.fromHex(exi_hex)))
  const { deviations, ...document } = decoded
  const lenient = deviations !== undefined
  const encoded = unwrap(id, codec.encode(document, { lenient }))
  if (lenient) assert.equal(failureCode(codec.encode(document)), 'facet', id)
  const expected = decode_only ? canonical_exi_hex : exi_hex
  if (expected !== undefined) assert.equal(encoded.toHex(), expected, id)
  const written = unwrap(id, codec.toXml(document, { lenient }))
  for (const text of xml === undefined ? [written] : [written, xml]) {
    const { deviations: told, ...read } = unwrap(id, codec.fromXml(text))
    assert.deepEqual(read, document, id)
    assert.deepEqual(told?.map(sayingOf), deviations?.map(sayingOf), id)
  }
}
