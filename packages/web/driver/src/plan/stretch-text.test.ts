import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan, PlanSlot } from '../api/types.ts'
import { minimumText } from './minimum-text.ts'
import { planStretches, planStretchText } from './plan-stretches.ts'
import { stretchTexts } from './stretch-text.ts'

const at = (time: string) => `2026-03-02T${time}:00Z`
const slot = (from: string, to: string, reason: string, energyWh = 0): PlanSlot => ({ from: at(from), to: at(to), energyWh, reason })
const money = { currency: 'GBP', micros: '0' }
const plan = (slots: readonly PlanSlot[], curve: Plan['curve'] = []): Plan => ({
  kind: 'cheapest',
  start: at('18:00'),
  end: at('23:00'),
  energyWh: 0,
  curve,
  cost: { currency: 'GBP', total: money, net: money, vat: money, vatRatePpm: '0', lines: [] },
  tariff: {},
  reasons: [],
  slots,
})
const textsOf = (given: Plan) => stretchTexts(given, 'UTC').join('\n')

test('stretches of one reason that touch are told as one, with their energy', () => {
  const told = textsOf(plan([slot('18:00', '18:30', 'minimum', 3_000), slot('18:30', '19:00', 'minimum', 2_000)]))
  assert.match(told, /^For your minimum: .*, 5\.0.kWh\.$/)
  assert.equal(told.split(' – ').length, 2)
})

test('what the price says already, and what is not needed, is not told', () =>
  assert.equal(
    textsOf(plan([slot('18:00', '19:00', 'best', 5_000), slot('19:00', '20:00', 'worse'), slot('20:00', '21:00', 'apart')])),
    '',
  ))

test('of many slots of others, three are named and the rest counted', () => {
  const taken = ['18', '19', '20', '21', '22'].map((hour) => slot(`${hour}:00`, `${hour}:30`, 'taken'))
  const told = textsOf(plan(taken))
  assert.equal(told.split(' – ').length, 4)
  assert.match(told, /, 2 more\.$/)
})

test('a battery that takes less than it is offered is told from when on; one that takes nearly all is not', () => {
  const step = { from: at('18:00'), to: at('19:00'), powerW: 100_000 }
  assert.match(
    textsOf(plan([], [step, { ...step, from: at('19:00'), to: at('20:00'), limitW: 120_000 }])),
    /^From .* the battery takes less/,
  )
  assert.equal(textsOf(plan([], [step, { ...step, limitW: 100_500 }])), '')
})

test('a minimum that cannot be had says how much was asked by when, what is missing and why; less than a tenth of a kWh is not told', () => {
  const short = (energyWh: number, code: string) =>
    minimumText({ ...plan([]), minimumShortfall: { askedWh: 8_000, by: at('18:30'), energyWh, code } }, 'UTC')
  const words = (code: string) => short(3_000, code)?.replaceAll(/\s/g, ' ')
  assert.match(
    words('slotsTaken') ?? '',
    /^You asked for 8\.0 kWh by .*30.*\. 3\.0 kWh of it cannot be had by then: others have reserved\./,
  )
  assert.match(words('tooLittleTime') ?? '', /there is not enough time/)
  assert.match(words('something new') ?? '', /your other choices leave no room/)
  assert.equal(short(20, 'slotsTaken'), undefined)
  assert.equal(minimumText(plan([]), 'UTC'), undefined)
})

test('a plan is told by its stretches: what touches is one, a pause parts them, and power that changes is told by its most', () => {
  const step = (from: string, to: string, powerW: number) => ({ from: at(from), to: at(to), powerW })
  const curve = [
    step('18:00', '18:30', 11_000),
    step('18:30', '19:00', 11_000),
    step('19:00', '20:00', 0),
    step('20:00', '20:30', 7_400),
    step('20:30', '21:00', 5_000),
  ]
  const told = planStretches({ curve }).map((stretch) => planStretchText(stretch, 'UTC').replaceAll(/\s/g, ' '))
  assert.equal(told.length, 2)
  assert.match(told[0] ?? '', /18.00.*19.00.* · 11(\.0)? kW$|6.00.*7.00.* · 11(\.0)? kW$/)
  assert.match(told[1] ?? '', / · up to 7\.4 kW$/)
})
