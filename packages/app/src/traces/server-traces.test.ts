import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openTestDatabase } from '@voltway/store/testing'
import { systemClock } from '../clock.ts'
import { loadConfig } from '../config.ts'
import { testPlan } from '../http/testing/test-plan.ts'
import { quietLog } from '../log.ts'
import { connectStation, type TestStation } from '../ocpp/testing/test-station.ts'
import { seedTenant } from '../seed/seed-tenant.ts'
import { startServer } from '../server.ts'
import { openTestCollector } from './testing/test-collector.ts'

const CALLER = { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8) }

/** Answers the one command that is waited for; the server's own questions are not supported. */
const answerReset = async (station: TestStation) => {
  for (;;) {
    const { id, action } = await station.nextCall()
    if (action === 'Reset') return station.answer(id, { status: 'Accepted' })
    station.sendRaw(JSON.stringify([4, id, 'NotSupported', '', {}]))
  }
}

test('a command is one trace from the caller’s request to the station’s answer, and names neither station nor caller', async () => {
  const collector = await openTestCollector()
  const directory = await mkdtemp(join(tmpdir(), 'voltway-traces-'))
  const database = await openTestDatabase({ clock: systemClock })
  const config = loadConfig({
    DATABASE_URL: database.connectionString,
    VOLTWAY_DATA_DIRECTORY: directory,
    VOLTWAY_PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  })
  assert.ok(config.ok, JSON.stringify(config))
  const server = await startServer({ config: config.value, log: quietLog })
  try {
    const seeded = await seedTenant(server.services, testPlan('traced'))
    const [place] = seeded.stations
    assert.ok(place)
    const basic = Buffer.from(`${place.identity}:${place.password}`).toString('base64')
    const station = await connectStation(`${server.url.replace('http', 'ws')}/ocpp/${place.identity}`, { authorization: `Basic ${basic}` })
    await station.call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' })
    const answered = answerReset(station)
    const response = await fetch(`${server.url}/api/v1/stations/${place.id}/commands/Reset`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${seeded.apiKeys[0]?.key}`,
        'content-type': 'application/json',
        traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-01`,
      },
      body: JSON.stringify({ type: 'Soft' }),
    })
    assert.equal(response.status, 200)
    await answered
    await station.close()
    await server.close()
    const spans = collector.spans()
    const named = (name: string) => spans.find((span) => span.name === name)
    const request = named('POST /api/v1/stations/:id/commands/:action')
    assert.deepEqual([request?.traceId, request?.parentSpanId], [CALLER.traceId, CALLER.spanId], spans.map(({ name }) => name).join(', '))
    assert.deepEqual([named('OCPP Reset')?.traceId, named('OCPP Reset')?.parentSpanId], [CALLER.traceId, request?.spanId])
    assert.ok(named('OCPP BootNotification') && named('ingest'))
    for (const secret of [place.identity, place.id, seeded.apiKeys[0]?.key ?? '?'])
      assert.ok(!JSON.stringify(spans).includes(secret), secret)
  } finally {
    await server.close()
    await database.close()
    await collector.close()
    await rm(directory, { recursive: true, force: true })
  }
})
