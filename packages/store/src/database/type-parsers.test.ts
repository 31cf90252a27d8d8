import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { openTestDatabase } from '../testing/index.ts'
import type { Database } from './open-database.ts'

let database: Database
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())
const value = async (expression: string) =>
  (await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(database.kysely)).rows[0]!.value

const CASES: readonly (readonly [string, unknown])[] = [
  ['9007199254740991::bigint', 9007199254740991],
  ['-5::bigint', -5],
  ['null::bigint', null],
  ["'{1,NULL,-3}'::bigint[]", [1, null, -3]],
  ["'{}'::bigint[]", []],
  ['12345678901234567890::numeric(20,0)', 12345678901234567890n],
  ["'{1,2}'::numeric(20,0)[]", [1n, 2n]],
  ['sum(x) from unnest(array[1,2]::bigint[]) x', 3n],
  ["'2026-06-15 12:00:00+00'::timestamptz at time zone 'UTC'", '2026-06-15 12:00:00'],
  ["'2026-06-15'::date", '2026-06-15'],
  ['0.5::float8', 0.5],
  [`'{"a":[1]}'::jsonb`, { a: [1] }],
]
for (const [expression, expected] of CASES)
  test(`${expression} is read as ${typeof expected}`, async () =>
    assert.deepEqual(await value(expression.includes(' from ') ? `(select ${expression})` : expression), expected))

test('what would lose digits is an error, not another number', async () => {
  await assert.rejects(value('9007199254740992::bigint'), RangeError)
  await assert.rejects(value('1.5::numeric'), RangeError)
})
