import assert from 'node:assert/strict'
import type { Result } from '@voltway/units'
import type { ExiFailure } from '../../exi/index.ts'
import { untypedCodecOf } from '../index.ts'
import type { Vector } from './vectors.ts'

const unwrap = <Value>(id: string, result: Result<Value, ExiFailure>): Value => {
  if (result.ok) return result.value
  throw new Error(`${id}: ${JSON.stringify(result.failure)}`)
}

/** Decodes a vector's body and XML, encodes both, writes XML and reads that back: all must be one and the same. */
export const checkVector = ({ id, schema, fragment, decode_only, canonical_exi_hex, exi_hex, xml }: Vector) => {
  const codec = untypedCodecOf(schema)[fragment ? 'fragment' : 'document']
  const decoded = unwrap(id, codec.decode(Uint8Array.fromHex(exi_hex)))
  const encoded = unwrap(id, codec.encode(decoded))
  const expected = decode_only ? canonical_exi_hex : exi_hex
  if (expected !== undefined) assert.equal(encoded.toHex(), expected, id)
  const written = unwrap(id, codec.toXml(decoded))
  for (const text of xml === undefined ? [written] : [written, xml]) assert.deepEqual(unwrap(id, codec.fromXml(text)), decoded, id)
}
