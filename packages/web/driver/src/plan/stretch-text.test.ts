import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan, PlanSlot } from '../api/types.ts'
import { minimumShort } from './minimum-short.ts'
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

test('a minimum is short by what the curve gives until its hour, and not for a rounding', () => {
  const given = plan([], [{ from: at('18:00'), to: at('19:00'), powerW: 10_000 }])
  assert.equal(minimumShort(given, { energyWh: 8_000, by: at('18:30') }), 5_000)
  assert.equal(minimumShort(given, { energyWh: 5_010, by: at('18:30') }), undefined)
  assert.equal(minimumShort(given, undefined), undefined)
})
