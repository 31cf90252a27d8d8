import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import { ROUTES } from './routes.ts'
import { NAMED } from './schemas/ref.ts'
import { serializerCompilers } from './serializer-compilers.ts'

const named = () => Object.fromEntries(NAMED.map((schema) => [Reflect.get(schema, '$id'), schema]))
const asked = { method: 'GET', url: '/x', httpStatus: '200' }

test('a writer is made at its first answer, once, and leaves out what its schema does not name', () => {
  let looked = 0
  const properties = {
    get name() {
      looked++
      return { type: 'string' }
    },
  }
  const write = serializerCompilers(named(), {})({ ...asked, schema: { type: 'object', properties } })
  assert.equal(looked, 0)
  assert.equal(write({ name: 'A', secret: 'B' }), '{"name":"A"}')
  const once = looked
  assert.ok(once > 0)
  assert.equal(write({ name: 'C' }), '{"name":"C"}')
  assert.equal(looked, once)
})

test('the answers of all routes can be written: what is wrong with a schema is found here, not by the first who asks', () => {
  const make = SerializerSelector()(named(), {})
  for (const { id, reply } of ROUTES)
    assert.doesNotThrow(() => make({ ...asked, schema: JSON.parse(JSON.stringify({ description: 'Done', ...reply })) }), id)
  assert.throws(() => make({ ...asked, schema: { $ref: 'Nobody#' } }))
})
