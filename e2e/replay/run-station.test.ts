import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { spawnVoltway } from './run-voltway.ts'

test('one simulated station is steered through its control API, and ends when asked', async (t) => {
  const args = ['--url', 'ws://127.0.0.1:1/ocpp', '--identity', 'SOLO-1', '--template', 'dc-50-ccs-chademo', '--version', 'ocpp1.6']
  const child = spawnVoltway(['sim', 'run', ...args, '--json'])
  t.after(() => child.kill('SIGKILL'))
  assert.ok(child.stdout)
  const [line] = await once(createInterface(child.stdout), 'line')
  const { controlUrl, token, url }: { controlUrl: string; token: string; url: string } = JSON.parse(String(line))
  assert.equal(url, 'ws://127.0.0.1:1/ocpp')
  const headers = { authorization: `Bearer ${token}` }
  const plugged = await fetch(`${controlUrl}/stations/SOLO-1/connectors/1/plug`, { method: 'POST', headers })
  assert.equal(plugged.status, 200)
  const answer = await fetch(`${controlUrl}/stations`, { headers })
  const stations: readonly { identity: string; connectors: readonly { cable: string }[] }[] = JSON.parse(await answer.text())
  assert.deepEqual(
    stations.map(({ identity, connectors }) => [identity, connectors.map(({ cable }) => cable)]),
    [['SOLO-1', ['plugged', 'unplugged']]],
  )
  child.kill('SIGINT')
  const [code] = await once(child, 'exit')
  assert.equal(code, 0)
})
