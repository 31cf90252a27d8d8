import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { epochMs } from '@voltway/units'
import { listOf } from '../json.ts'
import { startTestServer } from '../testing/test-server.ts'
import { meterLoad } from './meter-load.ts'

const identities = ['L1', 'L2', 'L3'].map((identity) => ({ identity, password: 'p' }))

test('1.6: sends exactly so many, about 1 kB each and all different, one in flight per link', async (t) => {
  const server = await startTestServer({ port: 0 })
  t.after(server.close)
  const report = await meterLoad({
    url: server.url,
    identities,
    version: 'ocpp1.6',
    inFlight: 1,
    count: 200,
    firstAt: epochMs(1_770_000_000_000),
  })
  assert.deepEqual([report.acknowledged, report.unanswered, report.refused, report.broken], [200, 0, 0, []])
  const frames = server.raw.filter((text) => text.includes('MeterValues'))
  const sizes = frames.map((frame) => frame.length)
  assert.ok(Math.min(...sizes) > 900 && Math.max(...sizes) < 1_300, String(sizes[0]))
  const keys = server.calls
    .filter(({ action }) => action === 'MeterValues')
    .map(({ identity, payload }) => `${identity} ${listOf(payload.meterValue)[0]?.timestamp}`)
  assert.equal(new Set(keys).size, 200)
  assert.equal(new Set(report.facts.map(({ identity, occurredAt }) => `${identity} ${new Date(occurredAt).toISOString()}`)).size, 200)
  assert.ok(report.latencyMs.p50 <= report.latencyMs.p99)
})

test('2.0.1: what was never answered is not counted as acknowledged', async (t) => {
  let events = 0
  const server = await startTestServer({
    port: 0,
    answer: ({ action }) => (action === 'TransactionEvent' && ++events > 50 ? 'silent' : undefined),
  })
  t.after(server.close)
  const running = meterLoad({ url: server.url, identities, version: 'ocpp2.0.1', inFlight: 1, count: 500 })
  const wait = async (): Promise<void> => {
    while (events < 53) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await wait()
  server.cutAll()
  const report = await running
  assert.deepEqual([report.acknowledged, report.facts.length, report.unanswered, report.broken.length], [50, 50, 3, 3])
})

test('runs as a process of its own and streams what was acknowledged', async (t) => {
  const server = await startTestServer({ port: 0 })
  t.after(server.close)
  const options = JSON.stringify({ url: server.url, version: 'ocpp2.0.1', identities, count: 30, stream: true })
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url)), options])
  const lines: { acknowledged?: { sequence: number }; report?: { acknowledged: number } }[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.equal(lines.filter(({ acknowledged }) => acknowledged).length, 30)
  assert.equal(lines.at(-1)?.report?.acknowledged, 30)
})

test('a load without an end is refused', async () => {
  await assert.rejects(meterLoad({ url: 'ws://127.0.0.1:1', identities, version: 'ocpp1.6', inFlight: 1 }), /needs an end/)
})
