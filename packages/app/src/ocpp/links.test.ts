import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ChargingStationId, seeded } from '@voltway/units'
import { Links } from './links.ts'

const A = 'A' as ChargingStationId
const link = (epoch: number, stationId = A) => ({ stationId, epoch })

test('the end of an old link does not end its successor', () => {
  const links = new Links<ReturnType<typeof link>>()
  const [old, young] = [link(1), link(2)]
  links.set(old)
  links.set(young)
  assert.equal(links.remove(old), false)
  assert.equal(links.get(A), young)
})

test('an old link that comes late does not take the place of a newer one', () => {
  const links = new Links<ReturnType<typeof link>>()
  links.set(link(2))
  assert.equal(links.set(link(1)), false)
  assert.equal(links.get(A)?.epoch, 2)
})

test('in ten thousand interleavings of links that come and go, the newest living one is always the station’s', () => {
  const random = seeded(7)
  for (let round = 0; round < 10_000; round++) {
    const links = new Links<ReturnType<typeof link>>()
    const events = [1, 2, 3].flatMap((epoch) => [
      { epoch, at: random(), does: 'set' as const },
      { epoch, at: 1 + random(), does: 'remove' as const },
    ])
    let newest = 0
    const gone = new Set<number>()
    for (const { epoch, does } of events.sort((a, b) => a.at - b.at)) {
      if (does === 'set') links.set(link(epoch))
      else {
        links.remove(link(epoch))
        gone.add(epoch)
      }
      if (does === 'set') newest = Math.max(newest, epoch)
      assert.equal(links.get(A)?.epoch, gone.has(newest) ? undefined : newest)
    }
  }
})

test('who may be a station’s link is decided one after the other, and a failure does not stop the next', async () => {
  const links = new Links<ReturnType<typeof link>>()
  const order: string[] = []
  const first = links.inTurn(A, async () => {
    await new Promise((resolve) => setImmediate(resolve))
    order.push('first')
    throw new Error('no')
  })
  const second = links.inTurn(A, async () => order.push('second'))
  await assert.rejects(first)
  await second
  assert.deepEqual(order, ['first', 'second'])
})
