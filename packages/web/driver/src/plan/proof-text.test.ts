import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan, PlanSlot } from '../api/types.ts'
import { proofText } from './proof-text.ts'

const pounds = (micros: string) => ({ currency: 'GBP', micros })
const slot = (marginal?: string): PlanSlot => ({
  from: '2026-03-02T18:00:00Z',
  to: '2026-03-02T18:15:00Z',
  energyWh: 1_000,
  reason: 'best',
  ...(marginal !== undefined && { marginalPerKwh: pounds(marginal) }),
})
const plan = (more: Partial<Plan>): Plan => ({
  kind: 'cheapest',
  start: '2026-03-02T18:00:00Z',
  end: '2026-03-02T19:00:00Z',
  energyWh: 1_000,
  curve: [],
  cost: { currency: 'GBP', total: pounds('0'), net: pounds('0'), vat: pounds('0'), vatRatePpm: '0', lines: [] },
  tariff: {},
  reasons: [],
  ...more,
})

test('a plan that is proved to be the best for its goal says so', () => {
  assert.equal(proofText(plan({ gap: { cost: pounds('0') } })), 'Proved: no plan gives as much for less.')
  assert.equal(proofText(plan({ gap: { endSeconds: 0 } })), 'Proved: no plan is ready sooner.')
  assert.equal(
    proofText(plan({ gap: { endSeconds: 0, thenCost: pounds('0') } })),
    'Proved: no plan is ready sooner, and none that is ready then costs less.',
  )
  assert.equal(proofText(plan({ gap: { carbonGrams: 0 } })), 'Proved: no plan is greener.')
  assert.equal(
    proofText(plan({ gap: { carbonGrams: 0, thenCost: pounds('0') } })),
    'Proved: no plan is greener, and none that is as green costs less.',
  )
  assert.equal(proofText(plan({ gap: { costAndWaiting: pounds('0') } })), 'Proved: no plan is better by price and waiting.')
  assert.equal(proofText(plan({ gap: { cost: pounds('0'), energyWh: 0 } })), 'Proved: your price limit pays for no more.')
})

test('one that is only proved to be near it says how near', () => {
  assert.match(proofText(plan({ gap: { cost: pounds('120000') } })), /^Proved: at most £0\.12 above the cheapest\.$/)
  assert.match(proofText(plan({ gap: { endSeconds: 120 } })), /^Proved: ready at most 2.min after the soonest\.$/)
  assert.match(proofText(plan({ gap: { carbonGrams: 12 } })), /^Proved: at most 12 g of CO₂ above the greenest\.$/)
  assert.match(proofText(plan({ gap: { costAndWaiting: pounds('120000') } })), /at most £0\.12 above the best by price and waiting\.$/)
  assert.match(
    proofText(plan({ gap: { cost: pounds('0'), energyWh: 120 } })),
    /^Proved: your price limit pays for at most 0\.12.kWh more\.$/,
  )
  assert.match(
    proofText(plan({ gap: { endSeconds: 0, thenCost: pounds('50000') } })),
    /^Proved: no plan is ready sooner\. One that is ready as soon costs at most £0\.05 less\.$/,
  )
  assert.match(
    proofText(plan({ gap: { carbonGrams: 12, thenCost: pounds('50000') } })),
    /^Proved: at most 12 g of CO₂ above the greenest\. One that is as green costs at most £0\.05 less\.$/,
  )
})

test('what is at most so much is rounded up, to a coin, a hundredth of a kWh or a minute: less would not be true', () => {
  assert.match(proofText(plan({ gap: { cost: pounds('3') } })), /at most £0\.01 above the cheapest\.$/)
  assert.match(proofText(plan({ gap: { cost: pounds('121000') } })), /at most £0\.13 above the cheapest\.$/)
  assert.match(proofText(plan({ gap: { cost: pounds('0'), energyWh: 51 } })), /for at most 0\.06.kWh more\.$/)
  assert.match(proofText(plan({ gap: { endSeconds: 121 } })), /at most 3.min after the soonest\.$/)
  assert.match(proofText(plan({ gap: { endSeconds: 40 } })), /at most 40.s after the soonest\.$/)
})

test('one more kWh is quoted where it is cheapest', () => {
  const slots = [slot('410000'), slot(), slot('90000')]
  assert.equal(proofText(plan({ slots })), 'One more kWh would cost £0.09.')
  assert.match(proofText(plan({ slots, gap: { cost: pounds('0') } })), /for less\. One more kWh would cost £0\.09\.$/)
})

test('of a greenest plan one more kWh is quoted in grams, where it is greenest', () => {
  const slots = [210, 90].map((marginalGramsPerKwh) => ({ ...slot(), marginalGramsPerKwh }))
  assert.equal(proofText(plan({ slots, gap: { carbonGrams: 0 } })), 'Proved: no plan is greener. One more kWh would emit 90 g of CO₂.')
})

test('where nothing is proved nothing is said', () => {
  assert.equal(proofText(plan({})), '')
  assert.equal(proofText(plan({ slots: [slot()] })), '')
})
