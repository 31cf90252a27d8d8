import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCallCounts } from './count-calls.ts'
import { createMetrics } from './create-metrics.ts'

test('calls are counted by how they ended, and their durations fall into growing buckets', () => {
  const calls = createCallCounts()
  const call = { action: 'Heartbeat', direction: 'in', outcome: 'result' } as const
  for (const milliseconds of [0, 4, 4, 60_000]) calls.count({ ...call, milliseconds })
  calls.count({ ...call, direction: 'out', outcome: 'expired', milliseconds: 30_000 })
  const lines = new Set(calls.text().split('\n'))
  for (const line of [
    '# TYPE voltway_ocpp_calls_total counter',
    'voltway_ocpp_calls_total{action="Heartbeat",direction="in",outcome="result"} 4',
    'voltway_ocpp_calls_total{action="Heartbeat",direction="out",outcome="expired"} 1',
    '# TYPE voltway_ocpp_call_duration_seconds histogram',
    'voltway_ocpp_call_duration_seconds_bucket{direction="in",le="0.001"} 1',
    'voltway_ocpp_call_duration_seconds_bucket{direction="in",le="0.005"} 3',
    'voltway_ocpp_call_duration_seconds_bucket{direction="in",le="30"} 3',
    'voltway_ocpp_call_duration_seconds_bucket{direction="in",le="+Inf"} 4',
    'voltway_ocpp_call_duration_seconds_sum{direction="in"} 60.008',
    'voltway_ocpp_call_duration_seconds_count{direction="in"} 4',
    'voltway_ocpp_call_duration_seconds_bucket{direction="out",le="30"} 1',
  ])
    assert.ok(lines.has(line), line)
})

test('attempts and energy only ever grow, whatever a meter says later', async () => {
  const metrics = createMetrics()
  metrics.sessionsMoved([{ importedWh: 1_000, ended: undefined }])
  metrics.sessionsMoved([
    { importedWh: -200, ended: 'success' },
    { importedWh: 0, ended: 'fault' },
  ])
  const text = await metrics.text({
    links: [{ version: 'ocpp1.6', count: 3 }],
    sessions: [{ state: 'charging', count: 2 }],
    evses: [{ status: 'available', count: 4 }],
    lagMs: 1_500,
  })
  const lines = new Set(text.split('\n'))
  for (const line of [
    'voltway_energy_delivered_joules_total 3600000',
    'voltway_charging_attempts_total{outcome="success"} 1',
    'voltway_charging_attempts_total{outcome="fault"} 1',
    'voltway_ocpp_links{version="ocpp1.6"} 3',
    'voltway_sessions{state="charging"} 2',
    'voltway_evses{status="available"} 4',
    'voltway_jobs_lag_seconds 1.5',
  ])
    assert.ok(lines.has(line), line)
  const families = text.split('\n').flatMap((line) => /^# TYPE (\S+)/.exec(line)?.[1] ?? [])
  assert.equal(new Set(families).size, families.length, 'each metric is described once')
})
