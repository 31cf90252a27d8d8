import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runNodesArm } from '../kill/run-nodes-arm.ts'

test('a rolling restart of two nodes under load loses no acknowledged fact and bills each session once', async () => {
  const kills = [
    { how: 'SIGTERM', after: 300 },
    { how: 'SIGTERM', after: 300 },
  ] as const
  const ended: string[] = []
  const result = await runNodesArm({ kills, seed: 7, stations: 4, pause: 40, onKill: ({ victim }) => ended.push(victim) })
  const { book, facts, bills, openCommands } = result
  assert.deepEqual(ended, ['A', 'B'])
  assert.ok(book.acknowledged.size > 0 && book.ended.size > 0)
  assert.deepEqual(facts, { lost: [], invented: [], doubled: [] })
  for (const [fault, examples] of Object.entries(bills)) assert.deepEqual(examples, [], fault)
  assert.equal(result.billed, book.ended.size)
  assert.equal(openCommands, 0)
})
