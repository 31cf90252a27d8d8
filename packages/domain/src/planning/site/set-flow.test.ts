import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded, watts } from '@voltway/units'
import type { Network } from './network.ts'
import { planSite } from './plan-site.ts'
import { replan, type SiteChange } from './replan.ts'
import { limitAt, type SiteProblem } from './site-problem.ts'
import { stateOf } from './site-solver.ts'
import { randomCar, randomProblem } from './testing/random-problem.ts'

/** The two sets as flows and limits say them. */
const setsOf = ({ nodeCount, slots, slotWords, cap, flow }: Network) => {
  const carries = new Int32Array(nodeCount * slotWords)
  const spares = new Int32Array(nodeCount * slotWords)
  for (let vertex = 0; vertex < flow.length; vertex++) {
    const slot = vertex % slots
    const word = ((vertex - slot) / slots) * slotWords + (slot >>> 5)
    if (flow[vertex]! > 0) carries[word]! |= 1 << (slot & 31)
    if (cap[vertex]! > flow[vertex]!) spares[word]! |= 1 << (slot & 31)
  }
  return { carries, spares }
}

const changeOf = (random: () => number, { nodes, pricePerKwh }: SiteProblem): SiteChange => {
  if (random() < 0.4) return { kind: 'arrival', car: randomCar(random, pricePerKwh.length, nodes.length) }
  if (random() < 0.3) return { kind: 'prices', pricePerKwh: pricePerKwh.toReversed() }
  const node = Math.floor(random() * nodes.length)
  const scale = 2 * random()
  return { kind: 'limit', node, limit: pricePerKwh.map((_, slot) => watts(Math.floor(scale * limitAt(nodes[node]!, slot)))) }
}

test('what searches ask 32 slots at a time is what flows and limits say, after a plan and after every change', () => {
  const random = seeded(71)
  for (let round = 0; round < 60; round++) {
    const { surplus: _, ...problem } = randomProblem(random)
    const result = planSite(problem)
    assert.ok(result.ok)
    const { solver } = result.value
    for (let change = 0; change < 6; change++) {
      const { network } = stateOf(solver)
      assert.deepEqual({ carries: network.carries, spares: network.spares }, setsOf(network), `round ${round}, change ${change}`)
      assert.ok(replan(solver, changeOf(random, problem)).ok)
    }
  }
})
