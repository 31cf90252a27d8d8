import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clock } from '@voltway/units'
import { sql } from 'kysely'
import { systemClock } from '../clock.ts'
import { openOcppWorld } from './testing/ocpp-world.ts'

/** Real time that knows how many of its timers are still to come: each of them would keep the process alive. */
const countedClock = () => {
  const outstanding = new Set<() => void>()
  const clock: Clock = {
    now: systemClock.now,
    after: (duration, callback) => {
      const cancel = systemClock.after(duration, () => {
        outstanding.delete(end)
        callback()
      })
      const end = () => {
        outstanding.delete(end)
        cancel()
      }
      outstanding.add(end)
      return end
    },
  }
  return { clock, outstanding }
}

test('when the server closes no timer of its links is left, booted or not', async () => {
  const { clock, outstanding } = countedClock()
  const world = await openOcppWorld({ network: clock, settle: { ask: true } })
  for (const identity of ['silent', 'booted', 'gone']) await world.addStation(identity)
  await world.connect('silent')
  await world.booted('booted')
  await (await world.connect('gone')).close()
  assert.ok(outstanding.size > 0)
  await world.close()
  assert.equal(outstanding.size, 0)
})

test('a station that is being let in while the server closes is sent away, and no timer stays for it', async () => {
  const { clock, outstanding } = countedClock()
  const world = await openOcppWorld({ network: clock, settle: { ask: true } })
  const id = await world.addStation('late')
  let release = () => {}
  const untilReleased = new Promise<void>((resolve) => {
    release = resolve
  })
  const held = world.database.inTenant(world.place.tenantId, async (tx) => {
    await sql`select from voltway.charging_station where id = ${id} for update`.execute(tx)
    await untilReleased
  })
  const letIn = world.connect('late').then(
    (station) => station.closed,
    () => 'refused',
  )
  await world.eventually(`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)
  const closing = world.close()
  release()
  await Promise.all([held, closing])
  assert.equal(await letIn, 'refused')
  assert.equal(outstanding.size, 0)
})
