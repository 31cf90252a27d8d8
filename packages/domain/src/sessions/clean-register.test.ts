import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wattHours, watts } from '@voltway/units'
import { cleanRegister, type Reading } from './clean-register.ts'
import { implausible } from './plausibility.ts'
import type { SuspectReason } from './suspect-reason.ts'
import { minute } from './testing/facts.ts'

/** Samples every ten minutes; between a start and a stop register where these are given. */
const series = (values: readonly number[], ends: { readonly start?: number; readonly end?: number } = {}): readonly Reading[] => [
  ...(ends.start === undefined ? [] : [{ at: minute(0), wh: ends.start, source: 'start' } as const]),
  ...values.map((wh, index) => ({ at: minute(index * 10 + 1), wh, source: 'sample' }) as const),
  ...(ends.end === undefined ? [] : [{ at: minute(values.length * 10 + 1), wh: ends.end, source: 'end' } as const]),
]

const MAX31 = 2 ** 31
const CASES: readonly {
  readonly name: string
  readonly readings: readonly Reading[]
  readonly wh: number
  readonly reasons: readonly SuspectReason[]
}[] = [
  { name: 'a session counter', readings: series([0, 1_000, 2_500]), wh: 2_500, reasons: [] },
  { name: 'a lifetime counter', readings: series([912_000, 913_000, 914_500]), wh: 2_500, reasons: [] },
  { name: 'a lifetime start and stop', readings: series([912_100, 914_000], { start: 912_000, end: 914_500 }), wh: 2_500, reasons: [] },
  {
    name: 'samples per session between a lifetime start and stop',
    readings: series([100, 1_000, 2_400], { start: 912_000, end: 914_500 }),
    wh: 2_500,
    reasons: [],
  },
  {
    name: 'samples per session that do not fit the stop',
    readings: series([100, 1_000, 9_400], { start: 912_000, end: 914_500 }),
    wh: 2_500,
    reasons: ['registerFell'],
  },
  {
    name: 'a negative reading among samples per session',
    readings: series([100, -500, 2_400], { start: 912_000, end: 914_500 }),
    wh: 2_500,
    reasons: ['negativeRegister', 'registerFell'],
  },
  {
    name: 'samples of which one is beyond the start, and so on its counter',
    readings: series([400, 1_200], { start: 1_000, end: 2_200 }),
    wh: 1_200,
    reasons: ['registerFell'],
  },
  {
    name: 'samples that fell between a lifetime start and stop',
    readings: series([100, 2_000, 1_500], { start: 912_000, end: 914_500 }),
    wh: 2_500,
    reasons: ['registerFell'],
  },
  {
    name: 'samples that begin too high for a counter of the session',
    readings: series([700, 800], { start: 1_000, end: 2_000 }),
    wh: 1_000,
    reasons: ['registerFell'],
  },
  { name: 'a reading that was rounded down', readings: series([1_000.6, 1_000, 2_000.6]), wh: 1_000, reasons: [] },
  { name: 'a register that falls', readings: series([5_000, 6_000, 4_000, 7_000]), wh: 2_000, reasons: ['registerFell'] },
  { name: 'a counter that begins again', readings: series([50_000, 52_000, 10, 500]), wh: 2_000, reasons: ['registerFell'] },
  { name: 'a negative reading', readings: series([0, 1_000, -500, 2_000]), wh: 2_000, reasons: ['negativeRegister'] },
  { name: 'a rollover at 2^31', readings: series([MAX31 - 1_000, MAX31 - 100, 900, 1_900]), wh: 2_900, reasons: ['registerRolledOver'] },
  { name: 'a rollover at 2^32', readings: series([2 * MAX31 - 1_000, 500]), wh: 1_500, reasons: ['registerRolledOver'] },
  { name: 'a signed overflow at 2^31', readings: series([MAX31 - 1_000, -MAX31 + 500]), wh: 1_500, reasons: ['registerRolledOver'] },
  { name: 'kWh among Wh', readings: series([912_000, 913, 914_000]), wh: 2_000, reasons: ['unitMix'] },
  { name: 'Wh among kWh', readings: series([91_200, 91_201_000, 91_202]), wh: 2, reasons: ['unitMix'] },
  { name: 'a jump beyond any charger', readings: series([0, 5_000_000, 5_001_000]), wh: 5_001_000, reasons: ['registerJumped'] },
  { name: 'a reading that is no number', readings: series([0, Number.NaN, Number.POSITIVE_INFINITY, 500]), wh: 500, reasons: [] },
  { name: 'one reading', readings: series([912_000]), wh: 0, reasons: [] },
  { name: 'none', readings: [], wh: 0, reasons: [] },
]

for (const { name, readings, wh, reasons } of CASES) {
  test(`${name}: ${wh} Wh${reasons.length > 0 ? `, held for ${reasons.join()}` : ''}`, () => {
    const clean = cleanRegister(readings)
    assert.deepEqual([clean.points.at(-1)?.wh ?? 0, clean.reasons], [wh, reasons])
    assert.deepEqual(cleanRegister(readings.toReversed()), clean)
  })
}

for (const { name, minutes, wh, reasons } of [
  { name: 'full power', minutes: [0, 60], wh: [0, 22_000], reasons: [] },
  { name: 'five per cent more', minutes: [0, 60], wh: [0, 23_100], reasons: [] },
  { name: 'beyond it', minutes: [0, 60], wh: [0, 23_101], reasons: ['implausibleEnergy'] },
  { name: 'a jump inside a long session', minutes: [0, 240, 241, 480], wh: [0, 10_000, 40_000, 50_000], reasons: ['registerJumped'] },
  { name: 'a register in whole kWh', minutes: [0, 20, 20.1, 60], wh: [0, 1_000, 2_000, 3_000], reasons: [] },
  { name: 'energy in no time', minutes: [5, 5], wh: [0, 1], reasons: ['implausibleEnergy'] },
] as const) {
  test(`22 kW: ${name} is ${reasons.length === 0 ? 'plausible' : reasons.join()}`, () => {
    const points = minutes.map((at, index) => ({ at: minute(at), importWh: wattHours(wh[index]!), exportWh: wattHours(0) }))
    assert.deepEqual(implausible(points, watts(22_000)), reasons)
    // Export is bound by the same power.
    assert.deepEqual(
      implausible(
        points.map(({ at, importWh, exportWh }) => ({ at, importWh: exportWh, exportWh: importWh })),
        watts(22_000),
      ),
      reasons,
    )
  })
}
