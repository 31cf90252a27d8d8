import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, HOUR, watts } from '@voltway/units'
import { curveCarbon } from './curve-carbon.ts'

const step = (from: number, to: number, gramsPerKwh: number) => ({ from: epochMs(from * HOUR), to: epochMs(to * HOUR), gramsPerKwh })
const draws = (from: number, to: number, power: number) => ({ from: epochMs(from * HOUR), to: epochMs(to * HOUR), power: watts(power) })

for (const [sentence, curve, carbon, expected] of [
  ['nothing is drawn', [], [], 0],
  ['an hour of 10 kW at 300 g', [draws(0, 1, 10_000)], [step(0, 2, 300)], 3_000],
  ['half of it at 100 g', [draws(0, 2, 10_000)], [step(0, 1, 300), step(1, 2, 100)], 4_000],
  ['a pause needs to know nothing', [draws(0, 1, 10_000), draws(1, 2, 0)], [step(0, 1, 300)], 3_000],
  ['a part is not known', [draws(0, 2, 10_000)], [step(0, 1, 300)], undefined],
] as const)
  test(sentence, () => assert.equal(curveCarbon(curve, carbon), expected))
