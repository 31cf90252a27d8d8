import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import type { Database } from '../database/open-database.ts'
import { openTestDatabase } from '../testing/index.ts'
import { binaryArray, type Element, type ElementType, ValueOutOfRange } from './binary-array.ts'

let database: Database
let client: pg.Client
before(async () => {
  database = await openTestDatabase()
  client = new pg.Client({ connectionString: database.connectionString })
  await client.connect()
})
after(async () => {
  await client.end()
  await database.close()
})

const sent = async (type: ElementType, values: readonly Element[]) => {
  const { rows } = await client.query(`select to_json($1::${type}[])::text as json`, [
    binaryArray(type, values.length, (index) => values[index]),
  ])
  return JSON.parse(rows[0].json)
}

const ELEMENTS: readonly (readonly [ElementType, fc.Arbitrary<Element>])[] = [
  ['text', fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ''))],
  ['int4', fc.integer()],
  ['int8', fc.maxSafeInteger()],
  ['float8', fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0)],
  ['bool', fc.boolean()],
  ['uuid', fc.uuid()],
]
for (const [type, element] of ELEMENTS)
  test(`${type}[] arrives as it was sent, with nulls`, () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.option(element), { minLength: 1, maxLength: 20 }), async (values) => {
        assert.deepEqual(await sent(type, values), values)
      }),
      { seed: 5, numRuns: 40 },
    ))

test('bytea[] arrives as it was sent', async () => {
  assert.deepEqual(await sent('bytea', [new Uint8Array([0, 255, 7]), null, new Uint8Array()]), ['\\x00ff07', null, '\\x'])
})

test('a number that its type cannot hold is refused with the SQLSTATE for it', () => {
  for (const [type, value] of [
    ['int4', 2 ** 31],
    ['int4', 1.5],
    ['int8', 2 ** 53],
    ['int8', Number.NaN],
  ] as const)
    assert.throws(
      () => binaryArray(type, 1, () => value),
      (error) => error instanceof ValueOutOfRange && error.code === '22003',
    )
})
