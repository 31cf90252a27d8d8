import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { listOf } from './json.ts'
import type { Quirks } from './quirks.ts'
import type { StationOptions } from './station/station.ts'
import { hatchback, setUp } from './testing/station-world.ts'

const misbehave = async (t: TestContext, quirks: Quirks, version: StationOptions['version'] = 'ocpp1.6') => {
  const { csms, clock, station } = await setUp(t, { quirks, version })
  station.plug(1, hatchback())
  await station.card(1, 'Card1')
  await clock.advance(70_000)
  return csms
}
test('quirk: sampled values of the wrong type', async (t) => {
  const csms = await misbehave(t, { wrongValueTypes: true })
  assert.equal(typeof listOf(listOf(csms.of('MeterValues')[0]?.meterValue)[0]?.sampledValue)[0]?.value, 'number')
})
test('quirk: timestamps without a zone, and an idTag in lower case', async (t) => {
  const csms = await misbehave(t, { timestamps: 'noZone', idTagCase: 'lower' })
  assert.deepEqual([csms.of('StartTransaction')[0]?.timestamp, csms.of('StartTransaction')[0]?.idTag], ['2026-03-02T07:00:00.000', 'card1'])
})
test('quirk: every frame goes out twice', async (t) => {
  const csms = await misbehave(t, { duplicateFrames: true })
  assert.equal(csms.of('BootNotification').length, 2)
  assert.equal(csms.of('StartTransaction').length, 2)
})
test('quirk: a lost answer is asked for again, under a new id', async (t) => {
  const csms = await misbehave(t, { loseEveryNthAnswer: 3, newIdOnRetry: true })
  const starts = csms.calls.map(({ messageId }) => messageId)
  assert.equal(new Set(starts).size, starts.length)
  assert.ok(csms.calls.some((call, index) => index > 0 && JSON.stringify(call.payload) === JSON.stringify(csms.calls[index - 1]?.payload)))
})
test('quirk: meter values that name transaction 0, and the password in hexadecimal', async (t) => {
  const csms = await misbehave(t, { transactionNumber: 0, hexPassword: true })
  assert.equal(csms.of('MeterValues')[0]?.transactionId, 0)
  const [, basic = ''] = csms.upgrades[0]?.authorization?.split(' ') ?? []
  assert.equal(Buffer.from(basic, 'base64').toString(), `CS-1:${Buffer.from('a password of the test').toString('hex')}`)
})
test('quirk: events without an EVSE, an error code of its own, and deafness', async (t) => {
  const { csms, clock, station } = await setUp(t, {
    version: 'ocpp2.0.1',
    quirks: { noEvseInEvents: true, ownErrorCodes: true, ignores: ['Reset'] },
  })
  station.plug(1, hatchback())
  await station.card(1, 'CARD')
  await clock.advance(5_000)
  assert.equal(csms.of('TransactionEvent')[0]?.evse, undefined)
  assert.deepEqual(await csms.send('CS-1', 'ClearCache', {}), { callError: 'SomethingWentWrong', description: 'ClearCache' })
  assert.deepEqual(await csms.send('CS-1', 'Reset', { type: 'Immediate' }), { status: 'Accepted' })
  await clock.advance(20_000)
  assert.equal(csms.of('BootNotification').length, 1)
})
