import assert from 'node:assert/strict'
import { test } from 'node:test'
import { againstOracle } from './testing/against-oracle.ts'

test('with building, sun and demand charge a plan is the best but for a watt of peak', async () => {
  const above = await againstOracle({ ingredients: { demandCharge: true }, rounds: 12, seed: 31 })
  assert.ok(above.at(-1)! < 5e-4, `${above.at(-1)}`)
})

test('cars that give back are planned near the optimum, and in half of the sites at it', async () => {
  const above = await againstOracle({ ingredients: { giving: true, demandCharge: true, isRoomy: true }, rounds: 8, seed: 7 })
  assert.ok(above[4]! < 1e-3 && above.at(-1)! < 0.1, `${above}`)
})
