import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { newDraft } from './tariff-draft.ts'
import { definitionOf, draftOf, microsOf, textOfMicros } from './tariff-json.ts'

test('prices are read as written, with point or comma, and never through a float', () => {
  assert.equal(microsOf('0.45'), '450000')
  assert.equal(microsOf('0,000001'), '1')
  assert.equal(microsOf('-0.1'), '-100000')
  assert.equal(microsOf('12'), '12000000')
  assert.equal(microsOf('0.10'), '100000')
})

test('what is no price is handed on as typed, so that the server names its field', () => {
  for (const text of ['', 'abc', '1.2345678', '.', '1e3']) assert.equal(microsOf(text), text)
})

test('millionths come back as the same text value', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), (micros) => microsOf(textOfMicros(String(micros))) === String(micros)),
    { seed: 7 },
  )
})

test('a tariff that was made by the form comes back into it unchanged', () => {
  const draft = newDraft('GBP', 'Europe/London')
  const list = {
    ...draft,
    name: 'Town',
    idle: { ...draft.idle, on: true, perMinute: '0.1', cap: '6' },
    dynamic: { ...draft.dynamic, on: true, markupPerKwh: '0.1' },
  }
  assert.deepEqual(draftOf(definitionOf(list)), list)
  const formula = { ...draft, kind: 'evcms' as const, name: 'Paper' }
  assert.deepEqual(definitionOf(draftOf(definitionOf(formula))), definitionOf(formula))
})

test("the formula begins with the paper's figures", () => {
  const definition = definitionOf({ ...newDraft('GBP', 'Europe/London'), kind: 'evcms' })
  assert.equal(definition.energyPerKwh, '500000')
  assert.deepEqual(definition.multipliersPpm, { offPeakFree: '0', offPeakTaken: '250000', peakFree: '500000', peakTaken: '1000000' })
})
