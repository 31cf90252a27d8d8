import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs } from '@voltway/units'
import { promiseOf } from './promise-of.ts'

const iso = (clock: string) => `2026-03-02T${clock}:00.000Z`
const at = (clock: string) => epochMs(Date.parse(iso(clock)))

test('a station is held to what was offered, not to what a filling battery is expected to take; the energy stays the promised one', () => {
  const plan = {
    energyWh: 4_300,
    curve: [
      { from: iso('18:00'), to: iso('18:15'), powerW: 11_000 },
      { from: iso('18:15'), to: iso('18:30'), powerW: 6_200, limitW: 11_000 },
    ],
  }
  const promise = promiseOf(plan, { from: at('18:00'), until: at('19:00'), now: at('18:05') })
  assert.equal(promise?.kind, 'promise')
  if (promise?.kind !== 'promise') return
  assert.deepEqual(
    promise.curve.map(({ power }) => power),
    [11_000, 11_000],
  )
  assert.equal(
    promise.parts.reduce((sum, { energy }) => sum + energy, 0),
    4_300,
  )
})

test('a plan that says nothing of energy, or is over, is no promise', () => {
  const span = { from: at('18:00'), until: at('19:00'), now: at('18:05') }
  for (const plan of [null, {}, { energyWh: 1 }, { energyWh: 1, curve: [{ from: 'x', to: 'y', powerW: 1 }] }])
    assert.equal(promiseOf(plan, span), undefined)
  const curve = [{ from: iso('18:00'), to: iso('18:15'), powerW: 11_000 }]
  assert.equal(promiseOf({ energyWh: 1, curve }, { ...span, now: at('19:00') }), undefined)
})
