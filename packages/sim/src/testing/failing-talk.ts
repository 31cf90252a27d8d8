// Run as a file of its own: a test of a talking car that fails at the moment its first argument names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { car, eventually, heedsCars, IDENTITY, names, SECURED, talking } from './talking-station.ts'

const [, , moment] = process.argv

test('fails', async (t) => {
  const { csms, station, connector } = await talking(t, { template: 'ac-22-dual', highLevel: SECURED }, { answer: heedsCars })
  await station.card(1, 'BOOK42')
  const departure = moment === 'the car charges' ? {} : { departureSeconds: 36_000 }
  station.plug(1, car({ ...IDENTITY, ...departure }))
  const reached: Readonly<Record<string, () => boolean>> = {
    'the cable comes up': () => connector().dialogue !== undefined,
    'the first messages': () => names(connector()).length > 3,
    'the server is asked for a plan': () => csms.of('NotifyEVChargingNeeds').length > 0,
    'the car charges': () => (connector().transaction?.powerW ?? 0) > 0,
  }
  await eventually(String(moment), reached[String(moment)]!)
  assert.fail(`at: ${moment}`)
})
