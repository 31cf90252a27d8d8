import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '@voltway/units'
import { din70121Evcc, din70121Secc } from '../din70121/index.ts'
import { runCable } from '../testing/cable.ts'
import { dcCable } from '../testing/dc-peers.ts'
import { sentIn, toldIn } from '../testing/read-log.ts'
import { StationBench, WAYS, walk } from '../testing/station-bench.ts'
import { iso2Evcc, iso2Secc } from './index.ts'
import { ISO2_DIALECT } from './iso2-dialect.ts'

const ISO2 = dcCable(iso2Secc, iso2Evcc)
const DIN = dcCable(din70121Secc, din70121Evcc)

const pairs = (...names: string[]) => names.flatMap((name) => [`${name}Req`, `${name}Res`])

test('a car charges direct current by ISO 15118-2, stops, and both ends part in order', () => {
  const { log, ends } = runCable({ ...ISO2, carSays: [[20_000, { word: 'stop' }]] })
  assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
  assert.deepEqual(sentIn(log, 'iso15118-2'), [
    ...pairs('supportedAppProtocol', 'SessionSetup', 'ServiceDiscovery', 'PaymentServiceSelection', 'Authorization'),
    ...pairs('ChargeParameterDiscovery', 'CableCheck', 'PreCharge', 'PowerDelivery', 'CurrentDemand', 'PowerDelivery'),
    ...pairs('WeldingDetection', 'SessionStop'),
  ])
})

test('a car charges direct current by DIN 70121, stops, and both ends part in order', () => {
  const { log, ends } = runCable({ ...DIN, carSays: [[20_000, { word: 'stop' }]] })
  assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
  assert.deepEqual(sentIn(log, 'din70121'), [
    ...pairs('supportedAppProtocol', 'SessionSetup', 'ServiceDiscovery', 'ServicePaymentSelection', 'ContractAuthentication'),
    ...pairs('ChargeParameterDiscovery', 'CableCheck', 'PreCharge', 'PowerDelivery', 'CurrentDemand', 'PowerDelivery'),
    ...pairs('WeldingDetection', 'SessionStop'),
  ])
})

for (const [name, cable] of [
  ['ISO 15118-2', ISO2],
  ['DIN 70121', DIN],
] as const)
  test(`a station of ${name} learns the needs, pre-charges, follows the car's target and opens its contactor`, () => {
    const { log } = runCable({ ...cable, carSays: [[20_000, { word: 'stop' }]] })
    const told = toldIn(log, 'secc').filter((one) => one !== 'vehicle')
    assert.deepEqual(
      told.filter((one, index) => one !== told[index - 1]),
      [
        ...['sessionBegan', 'servicesSelected', 'authoriseWanted', 'needs', 'scheduleWanted', 'cableCheckWanted', 'preCharge'],
        ...['profileChosen', 'closeContactor', 'target', 'openContactor', 'ended'],
      ],
    )
    const targets = log.flatMap(({ output }) => (output.kind === 'tell' && output.told.told === 'target' ? [output.told] : []))
    assert.ok(targets.length > 20)
    // 60 kW at 420 V are 142.8 A, below the car's 150 A.
    assert.deepEqual(targets.map(({ voltage, current }) => [voltage, Math.trunc((current ?? 0) * 10) / 10]).at(-1), [420, 142.8])
  })

test('a car asks for no more than its station can deliver', () => {
  const { log } = runCable({ ...ISO2, carSays: [[20_000, { word: 'stop' }]] })
  const currents = log.flatMap(({ output }) => {
    if (output.kind !== 'send') return []
    const message = ISO2_DIALECT.read(output.payload)
    return message.ok && message.value.body.kind === 'request' && message.value.body.message === 'CurrentDemand'
      ? [message.value.body.value.EVTargetCurrent]
      : []
  })
  assert.ok(currents.length > 20)
  for (const current of currents) assert.deepEqual(current, { Multiplier: -1, Unit: 'A', Value: 1_428 })
})

test('a station that wants to stop has the car stop in order', () => {
  for (const cable of [ISO2, DIN]) {
    const { ends, log } = runCable({ ...cable, stationSays: [[15_000, { word: 'stop', within: seconds(10) }]] })
    assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
    assert.ok(toldIn(log, 'evcc').includes('notified'))
  }
})

test('a station is told what is wrong with a car', () => {
  const bench = new StationBench(iso2Secc, ISO2_DIALECT, ISO2.secc)
  walk(bench, WAYS.cableCheck!)
  const status = { EVReady: false, EVErrorCode: 'FAILED_RESSTemperatureInhibit', EVRESSSOC: 12 } as const
  bench.ask({ message: 'CableCheck', value: { DC_EVStatus: status } })
  assert.deepEqual(
    bench.told.filter(({ told }) => told === 'vehicle'),
    [{ told: 'vehicle', soc: 12, ready: false, error: 'FAILED_RESSTemperatureInhibit' }],
  )
})

test('a station that is asked to pre-charge beyond its limits, or below nothing, is told what it can', () => {
  const { maxVoltage = 0, maxCurrent = 0 } = ISO2.secc.limits.charge
  const status = { EVReady: true, EVErrorCode: 'NO_ERROR', EVRESSSOC: 40 } as const
  const asked = (voltage: number, current: number) => {
    const bench = walk(new StationBench(iso2Secc, ISO2_DIALECT, ISO2.secc), WAYS.preCharge!)
    const quantity = (Unit: 'V' | 'A', Value: number) => ({ Multiplier: 0, Unit, Value })
    bench.ask({
      message: 'PreCharge',
      value: { DC_EVStatus: status, EVTargetVoltage: quantity('V', voltage), EVTargetCurrent: quantity('A', current) },
    })
    return bench.told.flatMap((one) => (one.told === 'preCharge' ? [one.voltage, one.current] : []))
  }
  assert.deepEqual(asked(400, 2), [400, 2])
  assert.deepEqual(asked(maxVoltage + 1, maxCurrent + 1), [maxVoltage, maxCurrent])
  assert.deepEqual(asked(-1, -1), [0, 0])
})
