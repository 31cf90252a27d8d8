import assert from 'node:assert/strict'
import { test } from 'node:test'
import { watts } from '@voltway/units'
import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import type { Positioning } from '../machine/charging.ts'
import { type Course, connect, sequenceOf } from './testing/cable.ts'
import { evccOptions, obligingEnds, obligingStation } from './testing/ends.ts'

const COMMON = ['SessionSetup', 'AuthorizationSetup', 'Authorization', 'ServiceDiscovery', 'ServiceDetail', 'ServiceSelection']
const finished = { code: 'finished' }
const both = ({ seccEnd, evccEnd }: Course) => [seccEnd, evccEnd]
const wanted = ({ station }: Course) => station.filter((told) => told.told === 'positionWanted').map(({ step }) => step)

for (const control of ['scheduled', 'dynamic'] as const)
  test(`over a coil, ${control}: the car is placed, paired and aligned before energy flows, within the coil's limits`, () => {
    const options = evccOptions('WPT')
    const course = connect(
      obligingEnds('WPT', {
        evcc: { ...options, needs: { ...options.needs, control } },
        stationScript: [[7_000, { word: 'setPoint', power: watts(5_000) }]],
      }),
    )
    assert.deepEqual(both(course), [finished, finished])
    assert.deepEqual(sequenceOf(course), [
      ...COMMON,
      'WPT_FinePositioningSetup',
      'WPT_FinePositioning',
      'WPT_Pairing',
      'WPT_ChargeParameterDiscovery',
      'WPT_AlignmentCheck',
      'ScheduleExchange',
      'PowerDelivery',
      'WPT_ChargeLoop',
      'PowerDelivery',
      'SessionStop',
    ])
    assert.deepEqual(wanted(course), ['finePositioning', 'pairing', 'alignmentCheck'])
    const powers = [...new Set(course.station.filter((told) => told.told === 'target').map(({ power }) => power))]
    assert.equal(powers.at(-1), control === 'dynamic' ? 5_000 : 11_000)
  })

for (const transfer of ['DC_ACDP', 'DC_ACDP_BPT'] as const)
  test(`${transfer}: a pantograph is brought down before the parameters and up again at the end; its state comes on a stream beside`, () => {
    const course = connect(obligingEnds(transfer))
    assert.deepEqual(both(course), [finished, finished])
    const main = sequenceOf(course).filter((name) => name !== 'ACDP_SystemStatus')
    assert.deepEqual(
      main.filter((name, index) => name !== main[index - 1]),
      [
        ...COMMON,
        'ACDP_VehiclePositioning',
        'ACDP_Connect',
        'DC_ChargeParameterDiscovery',
        'ScheduleExchange',
        'DC_CableCheck',
        'DC_PreCharge',
        'PowerDelivery',
        'DC_ChargeLoop',
        'PowerDelivery',
        'DC_WeldingDetection',
        'ACDP_Disconnect',
        'SessionStop',
      ],
    )
    assert.deepEqual(wanted(course), ['vehiclePositioning', 'connect', 'disconnect'])
    const status = course.frames.filter(({ message }) => message?.body.message === 'ACDP_SystemStatus')
    assert.deepEqual(
      status.map(({ payloadType }) => payloadType),
      [PAYLOAD_TYPE.acdpSystemStatus, PAYLOAD_TYPE.acdpSystemStatus],
    )
  })

const FAILS: readonly (readonly [transfer: 'WPT' | 'DC_ACDP', step: Positioning, code: string])[] = [
  ['WPT', 'finePositioning', 'FAILED_AssociationError'],
  ['WPT', 'pairing', 'FAILED_AssociationError'],
  ['WPT', 'alignmentCheck', 'FAILED'],
  ['DC_ACDP', 'vehiclePositioning', 'FAILED_AssociationError'],
  ['DC_ACDP', 'connect', 'FAILED_AssociationError'],
]
const oblige = obligingStation()
for (const [transfer, step, code] of FAILS)
  test(`${transfer}: a ${step} that fails is ${code}, and one that does not end is FAILED after V2G_SECC_Ongoing_Performance_Time`, () => {
    const fails = connect(
      obligingEnds(transfer, {
        station: (told) =>
          told.told === 'positionWanted' && told.step === step ? [[100, { word: 'positioned', step, done: false }]] : oblige(told),
      }),
    )
    assert.deepEqual([fails.seccEnd?.responseCode, fails.evccEnd?.responseCode], [code, code])
    const waits = connect(
      obligingEnds(transfer, { station: (told) => (told.told === 'positionWanted' && told.step === step ? [] : oblige(told)) }),
    )
    assert.deepEqual(waits.seccEnd, { code: 'notReady', timer: 'V2G_SECC_Ongoing_Performance_Time', responseCode: 'FAILED' })
    assert.deepEqual([waits.evccEnd?.code, waits.evccEnd?.responseCode], ['refused', 'FAILED'])
  })
