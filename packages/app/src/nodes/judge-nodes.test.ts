import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NodeId } from '@voltway/store'
import { epochMs, seeded } from '@voltway/units'
import { lookAgain, NO_SIGHTINGS, type Sightings, stillFor } from './judge-nodes.ts'

const A = 'A' as NodeId
const node = (renewals: number) => ({ id: A, renewals, leaseMs: 9_000 })
const look = (before: Sightings, at: number, renewals: number) => lookAgain(before, [node(renewals)], { now: epochMs(at), leaseMs: 9_000 })

test('a node that renews is never still, whatever its clock says', () => {
  let seen = NO_SIGHTINGS
  for (let turn = 0; turn < 20; turn++) {
    seen = look(seen, turn * 3_000, turn)
    assert.equal(stillFor(seen, A), 0)
  }
})

test('a node that renews no more is still from the first look that saw its last renewal', () => {
  const first = look(NO_SIGHTINGS, 1_000, 5)
  assert.equal(stillFor(first, A), 0)
  assert.equal(stillFor(look(look(first, 4_000, 5), 7_000, 5), A), 6_000)
})

test('whoever was away for more than half a lease judges nobody by what it saw before', () => {
  const first = look(NO_SIGHTINGS, 1_000, 5)
  assert.equal(stillFor(look(first, 60_000, 5), A), 0)
})

test('a node that nobody has looked at is not still', () => {
  assert.equal(stillFor(NO_SIGHTINGS, A), 0)
})

test('in a thousand lives of turns and pauses, nobody is found still for longer than it has not renewed', () => {
  const random = seeded(17)
  for (let life = 0; life < 1_000; life++) {
    let [seen, now, renewals, renewedAt] = [NO_SIGHTINGS, 0, 0, 0]
    for (let turn = 0; turn < 30; turn++) {
      now += Math.round((random() < 0.1 ? 20_000 : 3_000) * random())
      if (random() < 0.6) {
        renewals++
        renewedAt = now
      }
      if (random() < 0.2) continue
      seen = look(seen, now, renewals)
      assert.ok(stillFor(seen, A) <= now - renewedAt)
    }
  }
})
