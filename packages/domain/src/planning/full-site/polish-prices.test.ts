import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { answerOfSite } from './answer-site.ts'
import { ascendPrices } from './ascend-prices.ts'
import { pricesOf } from './ascent.ts'
import { flowRelaxation, type Prices } from './flow-relaxation.ts'
import { fullModelOf } from './full-model.ts'
import { fullSiteBound } from './full-site-bound.ts'
import { polishPrices } from './polish-prices.ts'
import { siteBound } from './site-bound.ts'
import { randomFullSite } from './testing/random-full-site.ts'

test('what a site would let through at any prices costs what the checker says', () => {
  const random = seeded(3)
  for (let round = 0; round < 200; round++) {
    const problem = randomFullSite(random, { demandCharge: random() < 0.7, giving: random() < 0.5 })
    const model = fullModelOf(problem)
    const price = model.imported.map((own) => own * (0.1 + 2 * random()))
    const { cost, load } = answerOfSite(model, price)
    const bound = siteBound(problem, price)
    assert.ok(Math.abs(cost - bound) <= 1e-9 * (1 + Math.abs(bound)), `round ${round}: ${cost}, not ${bound}`)
    for (const [slot, watts] of load.entries()) assert.ok(watts <= model.siteMost[slot]! && watts >= model.siteLeast[slot]!)
  }
})

const certificateOf = ({ site, node, phase, car }: Prices) => ({ sitePrice: site, nodePrice: node, phasePrice: phase, carPrice: car })

test('polished prices bound a plan no worse, and where the ascent left room for it better', () => {
  const random = seeded(9)
  let better = 0
  for (let round = 0; round < 12; round++) {
    const problem = randomFullSite(random, { demandCharge: true, giving: true, phases: round % 2 === 0, isRoomy: true })
    const model = fullModelOf(problem)
    const ascent = ascendPrices(model, flowRelaxation(model)!.prices, { rounds: 60, turns: 1 })
    const before = fullSiteBound(problem, certificateOf(structuredClone(pricesOf(ascent))))
    const after = fullSiteBound(problem, certificateOf(polishPrices(ascent, Number.POSITIVE_INFINITY)))
    const size = Math.abs(before) + 1e6
    assert.ok(after >= before - 1e-6 * size, `round ${round}: ${after}, below ${before}`)
    if (after > before + 1e-4 * size) better++
  }
  assert.ok(better >= 6, `${better}`)
})
