import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, seeded } from '@voltway/units'
import { LINE_PAIRS, type LimitedCurrent, phaseLimits } from './phase-limits.ts'
import { type PhaseClaim, type PhaseSite, sharePhases } from './share-phases.ts'

/** The three lines of a site in delta, each of so many amperes. */
const delta = (most: number): readonly LimitedCurrent[] =>
  [
    { AB: 1, BC: 0, CA: -1 },
    { AB: -1, BC: 1, CA: 0 },
    { AB: 0, BC: -1, CA: 1 },
  ].map((parts) => ({ parts, most: amperes(most) }))

const claim = (part: Partial<PhaseClaim>): PhaseClaim => ({ pair: 'AB', most: 32, left: 320, laxity: 20, ...part })
const near = (value: number | undefined, expected: number) => assert.ok(Math.abs(value! - expected) < 0.01, `${value} is not ${expected}`)

test('a balanced load fills all three lines, and one pair alone only two of them', () => {
  const { usage, room } = phaseLimits(delta(100))
  near(usage({ AB: 100 / Math.sqrt(3), BC: 100 / Math.sqrt(3), CA: 100 / Math.sqrt(3) }), 1)
  near(room({ AB: 0, BC: 0, CA: 0 }, 'AB'), 100)
  near(room({ AB: 101, BC: 0, CA: 0 }, 'BC'), -1)
  assert.equal(
    phaseLimits([{ parts: { AB: 1, BC: 0, CA: 0 }, most: amperes(10) }]).room({ AB: 0, BC: 0, CA: 0 }, 'CA'),
    Number.POSITIVE_INFINITY,
  )
})

test('where all fits, all have what they can take', () => {
  const claims = LINE_PAIRS.map((pair) => claim({ pair }))
  assert.deepEqual(sharePhases(claims, { limits: phaseLimits(delta(100)) }), [32, 32, 32])
})

test('between equal cars, lines share alike; between unequal ones, who has no time to spare comes first', () => {
  const limits = phaseLimits(delta(30))
  const alike = sharePhases(
    LINE_PAIRS.map((pair) => claim({ pair })),
    { limits },
  )
  for (const share of alike) near(share, 30 / Math.sqrt(3))
  const [urgent, patient] = sharePhases([claim({ laxity: 0 }), claim({})], { limits })
  near(urgent, 30)
  near(patient, 0)
})

test('the lines with more to do get more, so that none is idle later', () => {
  const claims = [claim({ left: 600 }), claim({ pair: 'BC', left: 60 })]
  const [busy, other] = sharePhases(claims, { limits: phaseLimits(delta(30)) })
  assert.ok(busy! > other! + 1, `${busy} against ${other}`)
})

test('a breaker holds its own cars only', () => {
  const claims = [claim({ breaker: 0 }), claim({ breaker: 0 }), claim({})]
  const shares = sharePhases(claims, { limits: phaseLimits(delta(200)), breakers: [40] })
  near(shares[0]! + shares[1]!, 40)
  assert.equal(shares[2], 32)
  assert.deepEqual(sharePhases([claim({ left: 0, most: 0 })], { limits: phaseLimits(delta(200)) }), [0])
})

/** Currents as complex sums, without the limits' own code. */
const keeps = (currents: readonly LimitedCurrent[], loads: readonly number[]): boolean =>
  currents.every(({ parts, most }) => {
    const turns = [Math.PI / 6, -Math.PI / 2, (5 * Math.PI) / 6]
    const each = [parts.AB * loads[0]!, parts.BC * loads[1]!, parts.CA * loads[2]!]
    const re = each.reduce((sum, load, pair) => sum + load * Math.cos(turns[pair]!), 0)
    const im = each.reduce((sum, load, pair) => sum + load * Math.sin(turns[pair]!), 0)
    return Math.sqrt(re * re + im * im) <= most * (1 + 1e-12)
  })

test('no current, no breaker and no car is ever above its limit, and a limit is met where cars want more', () => {
  const random = seeded(19)
  let full = 0
  for (let round = 0; round < 400; round++) {
    const parts = () => ({ AB: 2 * random() - 1, BC: 2 * random() - 1, CA: 2 * random() - 1 })
    const others = Array.from({ length: Math.floor(3 * random()) }, () => ({ parts: parts(), most: amperes(5 + 60 * random()) }))
    const currents = [...delta(5 + 150 * random()), ...others]
    const site: PhaseSite = { limits: phaseLimits(currents), breakers: [80 * random(), 80 * random()] }
    const claims = Array.from({ length: 1 + Math.floor(12 * random()) }, () => {
      const left = 1 + 400 * random()
      const breaker = [0, 1, undefined][Math.floor(3 * random())]
      return claim({ pair: LINE_PAIRS[Math.floor(3 * random())]!, most: Math.min(left, 32), left, laxity: 60 * random() - 10, breaker })
    })
    const shares = sharePhases(claims, site)
    const sums = LINE_PAIRS.map((pair) => claims.reduce((sum, each, index) => sum + (each.pair === pair ? shares[index]! : 0), 0))
    assert.ok(keeps(currents, sums), `round ${round}: ${sums}`)
    for (const [breaker, most] of site.breakers!.entries())
      assert.ok(claims.reduce((sum, each, index) => sum + (each.breaker === breaker ? shares[index]! : 0), 0) <= most, `round ${round}`)
    for (const [index, share] of shares.entries()) assert.ok(share >= 0 && share <= claims[index]!.most, `round ${round}`)
    if (site.limits.usage({ AB: sums[0]!, BC: sums[1]!, CA: sums[2]! }) > 0.9999) full++
  }
  assert.ok(full > 100, `${full}`)
})
