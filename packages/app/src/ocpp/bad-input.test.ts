import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actionsOf } from '@voltway/wire/ocpp'
import { type OcppWorld, openOcppWorld } from './testing/ocpp-world.ts'
import { errorOf, resultOf, type TestStation } from './testing/test-station.ts'

// Bad input of every kind: an error, a close code, nothing lost, and other stations unaffected.
let world: OcppWorld
let bystander: TestStation
before(async () => {
  world = await openOcppWorld()
  await world.addStation('bystander')
  bystander = await world.booted('bystander')
})
after(() => world.close())

let count = 0
const hostile = async (protocol = 'ocpp1.6') => {
  const name = `hostile-${++count}`
  await world.addStation(name, { bootedAt: world.clock.now() })
  return world.connect(name, { protocol })
}
const othersAreWell = async () => assert.ok('currentTime' in resultOf(await bystander.call('Heartbeat', {})))

const frames: readonly (readonly [sentence: string, frame: string, id: string, code: string])[] = [
  ['text that is no JSON', 'hello', '-1', 'FormationViolation'],
  ['JSON broken in its payload', '[2,"x1","MeterValues",{"transactionId":,}]', 'x1', 'FormationViolation'],
  ['an object instead of an array', '{"a":1}', '-1', 'FormationViolation'],
  ['an empty array', '[]', '-1', 'FormationViolation'],
  ['an unknown message type', '[9,"x2","Heartbeat",{}]', 'x2', 'GenericError'],
  ['a nest of 33', `[2,"x3","DataTransfer",${'{"a":'.repeat(33)}1${'}'.repeat(33)}]`, 'x3', 'FormationViolation'],
  ['a nest of 10,000', `[2,"x4","DataTransfer",${'['.repeat(10_000)}${']'.repeat(10_000)}]`, 'x4', 'FormationViolation'],
  ['__proto__', '[2,"x5","DataTransfer",{"__proto__":{"polluted":1},"vendorId":"v"}]', 'x5', 'FormationViolation'],
  ['constructor', '[2,"x6","DataTransfer",{"vendorId":"v","constructor":{}}]', 'x6', 'FormationViolation'],
  ['the same key twice', '[2,"x7","DataTransfer",{"vendorId":"v","vendorId":"w"}]', 'x7', 'FormationViolation'],
  ['an action that nobody knows', '[2,"x8","MakeCoffee",{}]', 'x8', 'NotImplemented'],
  ['an action that is not built', '[2,"x9","SecurityEventNotification",{}]', 'x9', 'NotSupported'],
  ['an action that is ours to call', '[2,"xa","Reset",{"type":"Hard"}]', 'xa', 'NotSupported'],
  [
    'a number beyond all numbers',
    '[2,"xb","StartTransaction",{"connectorId":1e400,"idTag":"A","meterStart":0,"timestamp":"2026-06-15T12:00:00Z"}]',
    'xb',
    'TypeConstraintViolation',
  ],
]
for (const [sentence, frame, id, code] of frames) {
  test(`${sentence} is answered with ${code}, and the link lives on`, async () => {
    const station = await hostile()
    station.sendRaw(frame)
    const [type, answeredId, answeredCode] = await station.nextFrame()
    assert.deepEqual([type, answeredId, answeredCode], [4, id, code])
    resultOf(await station.call('Heartbeat', {}))
    assert.equal(Reflect.get({}, 'polluted'), undefined)
    await othersAreWell()
  })
}

for (const protocol of ['ocpp1.6', 'ocpp2.0.1'] as const) {
  test(`every action of ${protocol} with empty, wrong, extra and over-long fields is answered, one by one`, async () => {
    const station = await hostile(protocol)
    const payloads = [
      {},
      [],
      null,
      'text',
      7,
      { nonsense: true },
      { idTag: 7, connectorId: 'x', timestamp: 'never' },
      { vendorId: 'v'.repeat(5_000) },
      { chargingStation: [], status: {} },
    ]
    for (const { name } of actionsOf(protocol)) for (const payload of payloads) await station.call(name, payload)
    await othersAreWell()
    assert.equal(station.socket.readyState, station.socket.OPEN)
  })
}

test('a NUL and half a character are taken out before they reach the database', async () => {
  const station = await hostile()
  station.sendRaw('[2,"n1","DataTransfer",{"vendorId":"a\\u0000b","data":"\\ud800"}]')
  assert.equal((await station.nextFrame())[0], 3)
  station.sendRaw('[2,"n\\u00002","Nothing\\u0000",{}]')
  assert.equal((await station.nextFrame())[0], 4)
  const [row] = await world.rows("select vendor_id from voltway.data_transfer where vendor_id like 'a%'")
  assert.deepEqual(row, { vendor_id: 'ab' })
})

test('odd times are taken for the time of receipt, and nothing is dated in year 9999', async () => {
  const station = await hostile()
  for (const timestamp of [
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '222222017-10-27T00:00:00Z',
    '1970-01-01T00:00:00Z',
    '2016-12-31T23:59:60Z',
    'yesterday',
  ])
    await station.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available', timestamp })
  const odd = await world.rows('select from voltway.status_history where occurred_at > 1781700000000 or occurred_at < 1420070400000')
  assert.deepEqual(odd, [])
})

test('a frame of 60 MB ends its own link with 1009 and no other', async () => {
  const station = await hostile()
  station.sendRaw(`[2,"big","DataTransfer",{"vendorId":"${'v'.repeat(60 * 1024 * 1024)}"}]`)
  assert.equal((await station.closed).code, 1009)
  await othersAreWell()
})

test('a frame of 200 kB is taken', async () => {
  const station = await hostile()
  resultOf(await station.call('DataTransfer', { vendorId: 'v', data: 'd'.repeat(200 * 1024) }))
})

test('a station that sends faster than it is answered gets every answer, in order, or is told to go', async () => {
  const station = await hostile()
  for (let index = 0; index < 100; index++) station.sendRaw(`[2,"q${index}","Heartbeat",{}]`)
  for (let index = 0; index < 100; index++) assert.equal((await station.nextFrame())[1], `q${index}`)
  for (let index = 0; index < 20_000; index++) station.sendRaw(`[2,"r${index}","Heartbeat",{}]`)
  await othersAreWell()
  const { code, reason } = await Promise.race([station.closed, answered(station)])
  assert.ok(code === 1008 || reason === 'all answered')
})
const answered = async (station: TestStation) => {
  for (let index = 0; index < 20_000; index++) await station.nextFrame()
  return { code: 0, reason: 'all answered' }
}

test('replies that nobody asked for change nothing', async () => {
  const station = await hostile()
  for (let index = 0; index < 100; index++) {
    station.sendRaw(`[3,"forged-${index}",{"status":"Accepted"}]`)
    station.sendRaw(`[4,"forged-${index}","GenericError","",{}]`)
  }
  resultOf(await station.call('Heartbeat', {}))
  await world.eventually("select from voltway.ocpp_message where message_id like 'forged-%' and outcome = 'error'", 200)
  await othersAreWell()
})

test('in strict mode what lenient mode forgives is refused, and so is an id used for two messages', async () => {
  const id = await world.addStation('strict', { bootedAt: world.clock.now() })
  await world.rows(`update voltway.charging_station set inbound_mode = 'strict' where id = '${id}'`)
  const station = await world.connect('strict')
  const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' }
  assert.equal(errorOf(await station.call('StatusNotification', { ...status, connectorId: '1' })), 'TypeConstraintViolation')
  resultOf(await station.call('StatusNotification', status, 'same'))
  assert.equal(errorOf(await station.call('StatusNotification', { ...status, connectorId: 2 }, 'same')), 'OccurenceConstraintViolation')
})
