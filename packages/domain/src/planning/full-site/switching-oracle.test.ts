import assert from 'node:assert/strict'
import { test } from 'node:test'
import { againstOracle } from './testing/against-oracle.ts'

test('where phases must be kept for a while, plans are near the optimum, and half of them within 3 % of it', async () => {
  const ingredients = { phases: true, switching: true, holding: true, steps: true, isRoomy: true, cars: 3 }
  const above = await againstOracle({ ingredients, rounds: 5, seed: 9 })
  assert.ok(above[2]! < 0.03, `${above}`)
})
