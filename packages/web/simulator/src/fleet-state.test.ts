import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withMessage, withStation } from './fleet-state.ts'
import type { SimMessage, SimStation } from './simulator-api.ts'

const message = (action: string): SimMessage => ({ at: '2026-01-01T00:00:00Z', direction: 'out', action, text: '[]', ok: true })
const station: SimStation = {
  id: 'A',
  identity: 'A',
  ocppVersion: 'ocpp1.6',
  link: 'connected',
  clockRate: 1,
  connectors: [],
  log: [message('Boot')],
}

test('a changed station keeps the log that the event leaves out', () => {
  const [changed] = withStation([station], { id: 'A', link: 'down' })
  assert.equal(changed?.link, 'down')
  assert.equal(changed?.log.length, 1)
})

test('a message goes to its own station, and the log does not grow for ever', () => {
  let fleet: readonly SimStation[] = [station, { ...station, id: 'B', log: [] }]
  for (let n = 0; n < 250; n++) fleet = withMessage(fleet, { stationId: 'A', ...message(`m${n}`) })
  assert.equal(fleet[0]?.log.length, 200)
  assert.equal(fleet[0]?.log.at(-1)?.action, 'm249')
  assert.equal(fleet[1]?.log.length, 0)
})
