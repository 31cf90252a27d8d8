import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { otlpTraces } from './otlp-traces.ts'
import { openTestCollector } from './testing/test-collector.ts'

const open = async (t: TestContext, share = 1) => {
  const collector = await openTestCollector()
  t.after(() => collector.close())
  const warnings: string[] = []
  const traces = otlpTraces({ url: collector.url, share, nodeName: 'n1', log: { warn: (text) => void warnings.push(text) } })
  return { collector, traces, warnings }
}

test('what is asked of others stands below the work that asks, also after waiting; work that is never ended is not told', async (t) => {
  const { collector, traces } = await open(t)
  const job = traces.begin({ name: 'job', kind: 'internal' })
  await job.inside(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    traces.told({ name: 'OCPP Reset', kind: 'client', milliseconds: 1_500, failed: true })
  })
  traces.told({ name: 'apart', kind: 'server', milliseconds: 1 })
  traces.begin({ name: 'nothing to do', kind: 'internal' })
  job.end({ attributes: { found: 3 } })
  await traces.close()
  const [reset, apart, told] = ['OCPP Reset', 'apart', 'job'].map((name) => collector.spans().find((span) => span.name === name))
  assert.equal(collector.spans().length, 3)
  assert.deepEqual([reset?.parentSpanId, reset?.traceId], [told?.spanId, told?.traceId])
  assert.equal((BigInt(reset?.endTimeUnixNano ?? 0) - BigInt(reset?.startTimeUnixNano ?? 0)) / 1_000_000n, 1_500n)
  assert.deepEqual([reset?.status.code, told?.status.code ?? 0], [2, 0])
  assert.notEqual(apart?.traceId, told?.traceId)
  assert.deepEqual(told?.attributes, [{ key: 'found', value: { intValue: 3 } }])
  const service = collector.resources()[0]?.attributes.find(({ key }) => key === 'service.name')
  assert.deepEqual(service?.value, { stringValue: 'voltway' })
})

test('of traces that begin here only a share is told, of a caller’s all that the caller tells', async (t) => {
  const { collector, traces } = await open(t, 0)
  traces.told({ name: 'ours', kind: 'internal', milliseconds: 1 })
  for (const flag of ['01', '00'])
    traces.begin({ name: flag, kind: 'server', headers: { traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-${flag}` } }).end()
  await traces.close()
  assert.deepEqual(
    collector.spans().map(({ name, traceId, parentSpanId }) => [name, traceId, parentSpanId]),
    [['01', 'ab'.repeat(16), 'cd'.repeat(8)]],
  )
})

test('a collector that refuses is said once for each batch, and the work goes on', async (t) => {
  const { collector, traces, warnings } = await open(t)
  collector.refuse()
  traces.told({ name: 'lost', kind: 'internal', milliseconds: 1 })
  await traces.close()
  assert.deepEqual(warnings, ['traces could not be sent'])
})
