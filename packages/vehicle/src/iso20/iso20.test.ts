import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, seconds, volts, watts } from '@voltway/units'
import type { EnergyTransfer, ScheduleOffer } from '../machine/charging.ts'
import { type Course, connect, type Ends, sequenceOf } from './testing/cable.ts'
import { evccOptions, OFFER, obligingCar, obligingEnds, obligingStation, seccOptions } from './testing/ends.ts'

const COMMON = ['SessionSetup', 'AuthorizationSetup', 'Authorization', 'ServiceDiscovery', 'ServiceDetail', 'ServiceSelection']
const SEQUENCES = {
  ac: ['AC_ChargeParameterDiscovery', 'ScheduleExchange', 'PowerDelivery', 'AC_ChargeLoop', 'PowerDelivery', 'SessionStop'],
  dc: [
    'DC_ChargeParameterDiscovery',
    'ScheduleExchange',
    'DC_CableCheck',
    'DC_PreCharge',
    'PowerDelivery',
    'DC_ChargeLoop',
    'PowerDelivery',
    'DC_WeldingDetection',
    'SessionStop',
  ],
}
const finished = { code: 'finished' }

const dynamic = (transfer: EnergyTransfer, more: Partial<Ends> = {}): Ends => {
  const options = evccOptions(transfer)
  return obligingEnds(transfer, { evcc: { ...options, needs: { ...options.needs, control: 'dynamic' } }, ...more })
}

/** Values of one message's field among those that an end sent. */
const said = <Value>(course: Course, message: string, pick: (value: never) => Value | undefined): readonly Value[] =>
  course.frames
    .filter((frame) => frame.message?.body.message === message)
    .map((frame) => pick(frame.message?.body.value as never))
    .filter((value) => value !== undefined)

for (const transfer of ['AC_single_phase', 'AC_three_phase', 'AC_BPT', 'DC', 'DC_BPT'] as const)
  for (const control of ['scheduled', 'dynamic'] as const)
    test(`${transfer}, ${control}: from SessionSetup to SessionStop, and both say how energy is controlled in the same words`, () => {
      const course = connect(control === 'dynamic' ? dynamic(transfer) : obligingEnds(transfer))
      assert.deepEqual([course.seccEnd, course.evccEnd], [finished, finished])
      assert.deepEqual(sequenceOf(course), [...COMMON, ...SEQUENCES[transfer.startsWith('DC') ? 'dc' : 'ac']])
      const kind = transfer.startsWith('DC') ? 'DC' : 'AC'
      const mode = `${transfer.endsWith('BPT') ? 'BPT_' : ''}${control === 'dynamic' ? 'Dynamic' : 'Scheduled'}_${kind}_CL`
      const loops = course.frames.filter((frame) => frame.message?.body.message === `${kind}_ChargeLoop`)
      assert.ok(loops.length > 60, `${loops.length} frames of the loop`)
      for (const { message } of loops)
        assert.ok(`${mode}${message?.body.kind === 'request' ? 'Req' : 'Res'}ControlMode` in (message?.body.value ?? {}), mode)
    })

test('the header carries the session and the time in seconds of Unix', () => {
  const [, , setUp, answer, next] = connect(obligingEnds('DC')).frames
  assert.equal(setUp?.message?.sessionId.toHex(), '0000000000000000')
  assert.equal(answer?.message?.sessionId.toHex(), '0102030405060708')
  assert.equal(next?.message?.sessionId.toHex(), '0102030405060708')
  assert.equal(next?.message?.timeStamp, 1_790_000_000n)
})

test('a car that is steered is told what to draw, and to give back, within what was announced', () => {
  const course = connect(
    dynamic('AC_BPT', {
      stationScript: [
        [4_000, { word: 'setPoint', power: watts(6_000) }],
        [7_000, { word: 'setPoint', power: watts(-5_000) }],
        [9_000, { word: 'setPoint', power: watts(-50_000) }],
      ],
    }),
  )
  const points = course.car.filter((told) => told.told === 'setPoint').map(({ power }) => power)
  assert.deepEqual([...new Set(points)], [22_000, 6_000, -5_000, -11_000])
})

test('direct current that is steered: limits say the set-point, the car is told the power', () => {
  const course = connect(
    dynamic('DC_BPT', {
      stationScript: [
        [6_000, { word: 'setPoint', power: watts(15_000) }],
        [8_000, { word: 'setPoint', power: watts(-4_000) }],
      ],
    }),
  )
  const points = course.car.filter((told) => told.told === 'setPoint').map(({ power }) => power)
  assert.deepEqual([...new Set(points)], [50_000, 15_000, -4_000])
  const powers = course.station.filter((told) => told.told === 'target').map(({ power }) => power)
  assert.deepEqual([...new Set(powers)], [40_000, 15_000, -4_000])
})

test('a battery that asks for more than was announced gets what was announced', () => {
  const greedy = obligingEnds('DC', {
    car: (told) =>
      told.told === 'closeContactor'
        ? [
            [500, { word: 'battery', targetVoltage: volts(480), targetCurrent: amperes(400) }],
            [3_000, { word: 'stop' }],
          ]
        : obligingCar(told),
  })
  const course = connect(greedy)
  const [target] = course.station.filter((told) => told.told === 'target').slice(-1)
  assert.equal(target?.voltage, 480)
  assert.ok((target?.current ?? 0) * 480 <= 50_000 && (target?.current ?? 0) > 104, `${target?.current}`)
  assert.ok(
    said(course, 'DC_ChargeLoop', ({ EVSEPowerLimitAchieved }: { EVSEPowerLimitAchieved?: boolean }) => EVSEPowerLimitAchieved).includes(
      true,
    ),
  )
})

const ASKED: readonly (readonly [voltage: number, current: number, gets: readonly [number, number]])[] = [
  [900, 400, [500, 100]],
  [300, 400, [300, 125]],
  [400, 400, [400, 125]],
  [480, 110, [480, 50_000 / 480]],
  [300, 90, [300, 90]],
]
for (const [voltage, current, gets] of ASKED)
  test(`a car that asks for ${voltage} V and ${current} A gets what was announced, though the station could do more by now`, () => {
    const course = connect(
      obligingEnds('DC', {
        stationScript: [
          [6_000, { word: 'limits', limits: { charge: { maxPower: watts(300_000), maxCurrent: amperes(500), maxVoltage: volts(1_000) } } }],
        ],
        carScript: [[8_000, { word: 'battery', targetVoltage: volts(voltage), targetCurrent: amperes(current) }]],
      }),
    )
    const target = course.station.filter((told) => told.told === 'target').at(-1)
    assert.deepEqual([target?.voltage, target?.current], gets)
  })

test('limits that fall while energy flows bind at once, and never rise above what was announced', () => {
  const course = connect(
    obligingEnds('DC', {
      stationScript: [
        [6_000, { word: 'limits', limits: { charge: { maxPower: watts(3_000), maxCurrent: amperes(125), maxVoltage: volts(500) } } }],
        [8_000, { word: 'limits', limits: { charge: { maxPower: watts(300_000), maxCurrent: amperes(500), maxVoltage: volts(900) } } }],
      ],
    }),
  )
  const most = course.car.filter((told) => told.told === 'measured').map(({ maxPower, maxCurrent }) => [maxPower, maxCurrent])
  assert.deepEqual([...new Set(most.map(String))], ['50000,125', '3000,125'])
  const currents = course.station.filter((told) => told.told === 'target').map(({ current }) => current)
  assert.deepEqual([...new Set(currents)], [20, 7.5])
})

const PRICED: readonly ScheduleOffer[] = [
  {
    id: 3,
    power: [
      { start: seconds(0), duration: seconds(900), maxPower: watts(4_000) },
      { start: seconds(900), maxPower: watts(11_000) },
    ],
    prices: {
      form: 'levels',
      id: 5,
      description: 'night',
      levels: 2,
      entries: [
        { start: seconds(0), level: 1 },
        { start: seconds(900), duration: seconds(3_600), level: 0 },
      ],
    },
  },
  {
    id: 4,
    power: [{ start: seconds(0), duration: seconds(7_200), maxPower: watts(7_000) }],
    prices: {
      form: 'absolute',
      id: 6,
      currency: 'EUR',
      language: 'de',
      entries: [
        { start: seconds(0), duration: seconds(3_600), energyFee: { value: 29, exponent: -2 } },
        { start: seconds(3_600), duration: seconds(3_600), energyFee: { value: 41, exponent: -2 }, startPower: watts(3_000) },
      ],
    },
  },
]

test('schedules and their prices arrive as they were offered; the car follows the one it chose', () => {
  const course = connect(obligingEnds('AC_three_phase', { station: obligingStation(PRICED) }))
  const [offers] = course.car.filter((told) => told.told === 'offers')
  const [levels, absolute] = offers?.schedules ?? []
  assert.deepEqual(
    levels?.power.map(({ start, duration, maxPower }) => [start, duration, maxPower]),
    [
      [0, 900, 4_000],
      [900, 86_400, 11_000],
    ],
  )
  assert.deepEqual(levels?.prices?.entries, [
    { start: 0, duration: 900, level: 1 },
    { start: 900, duration: 3_600, level: 0 },
  ])
  assert.deepEqual(absolute?.prices, {
    form: 'absolute',
    id: 6,
    currency: 'EUR',
    language: 'de',
    entries: [
      { start: 0, duration: 3_600, energyFee: { value: 29, exponent: -2 }, startPower: 0 },
      { start: 3_600, duration: 3_600, energyFee: { value: 41, exponent: -2 }, startPower: 3_000 },
    ],
  })
  const [chosen] = course.station.filter((told) => told.told === 'profileChosen')
  assert.equal(chosen?.profile.scheduleId, 3)
  assert.deepEqual(
    chosen?.profile.entries.map(({ power }) => power),
    [4_000, 11_000],
  )
})

test('a schedule without prices is sent with one level for all: V2G20-2176', () => {
  const course = connect(obligingEnds('AC_three_phase', { station: obligingStation([OFFER]) }))
  const [offers] = course.car.filter((told) => told.told === 'offers')
  assert.deepEqual(offers?.schedules[0]?.prices, { form: 'levels', id: 1, levels: 1, entries: [{ start: 0, duration: 86_400, level: 0 }] })
})

test('a car takes the control it wants and the prices it understands best, and of several transfers the first that fits', () => {
  const options = evccOptions('DC_BPT')
  const course = connect(
    obligingEnds('DC', {
      secc: seccOptions(['DC', 'DC_BPT'], {
        freedoms: { controls: ['dynamic', 'scheduled'], prices: ['absolute'], renegotiateServices: true, standby: true, pause: true },
      }),
      evcc: { ...options, transfers: ['DC_BPT', 'DC'], needs: { ...options.needs, control: 'dynamic', prices: ['levels', 'absolute'] } },
    }),
  )
  assert.deepEqual(course.evccEnd, finished)
  assert.equal(course.car.find((told) => told.told === 'serviceChosen')?.transfer, 'DC_BPT')
  const [needs] = course.station.filter((told) => told.told === 'needs')
  assert.deepEqual([needs?.needs.control, needs?.needs.prices, needs?.needs.discharge?.maxPower], ['dynamic', ['absolute'], 8_000])
})

test('value-added services are asked for with their parameters and selected', () => {
  const internet = {
    id: 65,
    category: 'internet',
    free: true,
    parameterSets: [{ id: 3, parameters: [{ name: 'Protocol', value: 'http' }] }],
  } as const
  const course = connect(
    obligingEnds('AC_three_phase', {
      secc: seccOptions(['AC_three_phase'], { valueAdded: [internet] }),
      evcc: evccOptions('AC_three_phase', { valueAdded: [{ id: 65, parameterSet: 3 }, { id: 66 }] }),
    }),
  )
  assert.deepEqual(course.evccEnd, finished)
  assert.deepEqual(course.station.find((told) => told.told === 'servicesSelected')?.valueAdded, [{ id: 65, parameterSet: 3 }])
})

test('the car keeps saying it is not ready while a person chooses the profile, and starts then', () => {
  const slow = obligingEnds('AC_three_phase', {
    car: (told) =>
      told.told === 'closeContactor' ? [[1_000, { word: 'stop' }]] : obligingCar(told).map(([after, word]) => [after * 200, word] as const),
  })
  const course = connect(slow)
  assert.deepEqual(course.evccEnd, finished)
  const progress = said(course, 'PowerDelivery', ({ EVProcessing, ChargeProgress }: { EVProcessing?: string; ChargeProgress?: string }) =>
    EVProcessing === undefined ? undefined : `${ChargeProgress} ${EVProcessing}`,
  )
  assert.ok(progress.filter((one) => one === 'Start Ongoing').length > 50)
  assert.deepEqual(progress.slice(-2), ['Start Finished', 'Stop Finished'])
})
