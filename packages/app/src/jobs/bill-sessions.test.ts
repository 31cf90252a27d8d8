import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { DAY, epochMs, HOUR, MINUTE } from '@voltway/units'
import { sql } from 'kysely'
import { billSessions } from './bill-sessions.ts'
import { projectFacts } from './project-facts.ts'
import { FLAT, type JobWorld, NOON, openJobWorld, runOut, started, stopped } from './testing/job-world.ts'

let world: JobWorld
after(() => world?.close())

const billed = async (): Promise<readonly number[]> => {
  const query = sql<{ number: string }>`select transaction_id as number from voltway.session where state = 'billed'`
  const { rows } = await world.database.inTenant(world.place.tenantId, (tx) => query.execute(tx))
  return rows.map(({ number }) => Number(number)).sort((a, b) => a - b)
}

test('who has just charged has a receipt at once, however many older sessions still wait for theirs, and each of those is billed in its turn', async () => {
  world = await openJobWorld(FLAT)
  const count = 60
  const facts = Array.from({ length: count }, (_, index) => {
    const from = epochMs(NOON - DAY * 3 + index * HOUR)
    return [started(from, 'CARD0001', index + 1), stopped(epochMs(from + 20 * MINUTE), 3_400, index + 1)]
  })
  await world.report(facts.flat())
  await runOut(world, projectFacts)
  await billSessions.run(world.services, world.place.tenantId)
  const first = await billed()
  assert.ok(first.includes(count), `the last one is not among ${first.join()}`)
  assert.ok(first.includes(1), 'and the one that has waited longest is not forgotten')
  assert.ok(first.length < count, 'a turn does not hold up the jobs behind it')
  await runOut(world, billSessions)
  assert.equal((await billed()).length, count)
})
