import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { SteeredSite } from '@voltway/domain/planning/steering'
import { epochMs, type Milliseconds, watts } from '@voltway/units'
import { systemClock } from '../clock.ts'
import { createSitePlanner, type SitePlanner } from './site-planner.ts'

const planners: SitePlanner[] = []
after(() => Promise.all(planners.map((planner) => planner.close())))
const warnings: string[] = []
const open = (timeLimit?: number, entry?: URL) => {
  const planner = createSitePlanner({
    clock: systemClock,
    log: { warn: (message) => void warnings.push(message) },
    ...(timeLimit !== undefined && { timeLimit: timeLimit as Milliseconds }),
    ...(entry && { entry }),
  })
  planners.push(planner)
  return planner
}
const SLOW = new URL('./testing/slow-worker.ts', import.meta.url)
const site = (limit: number): SteeredSite => ({ now: epochMs(0), limit: watts(limit), prices: [], stations: [], cars: [], loads: [] })

test('a site is planned in the worker', async () => {
  const planned = await open().plan(site(1_000))
  assert.ok(planned.ok)
  assert.deepEqual([planned.value.cars, planned.value.costGapNanos], [[], 0n])
})

test('a slow plan does not delay the event loop', async () => {
  const planner = open(60_000, SLOW)
  await planner.plan(site(1))
  let turns = 0
  let done = false
  const planned = planner.plan(site(300)).finally(() => {
    done = true
  })
  while (!done) {
    turns += 1
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  assert.ok((await planned).ok)
  // Were the plan made here, there would be one turn; however slow the machine, there are several.
  assert.ok(turns > 5, `only ${turns} turns`)
})

test('a plan that takes too long is given up, and the next one has a new worker', async () => {
  const planner = open(150, SLOW)
  const late = await planner.plan(site(60_000))
  assert.deepEqual(late, { ok: false, failure: { code: 'timeLimit', afterMs: 150 } })
  const patient = open(60_000, SLOW)
  const [crashed, next] = [await patient.plan(site(-1)), await patient.plan(site(1))]
  assert.equal(!crashed.ok && crashed.failure.code, 'crashed')
  assert.ok(next.ok)
  assert.equal(warnings.length, 2)
})

test('a planner that is closed answers so', async () => {
  const planner = open(60_000, SLOW)
  const cut = planner.plan(site(60_000))
  await new Promise((resolve) => setTimeout(resolve, 50))
  await planner.close()
  assert.equal((await cut).ok, false)
  assert.deepEqual(await planner.plan(site(1)), { ok: false, failure: { code: 'closed' } })
})
