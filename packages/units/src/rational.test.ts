import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compare, minus, plus, type Rational, rational, roundHalfAway, times, ZERO } from './rational.ts'

const whole = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
const fraction = fc
  .tuple(
    whole,
    whole.filter((value) => value !== 0n),
  )
  .map(([a, b]) => rational(a, b))
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))
const isReduced = ({ numerator, denominator }: Rational) =>
  denominator > 0n && gcd(numerator < 0n ? -numerator : numerator, denominator) === 1n

test('a fraction is kept in lowest terms over a positive denominator', () => {
  assert.deepEqual(rational(6n, -4n), { numerator: -3n, denominator: 2n })
  assert.deepEqual(rational(0n, -7n), ZERO)
  assert.deepEqual(rational(5n), { numerator: 5n, denominator: 1n })
  assert.throws(() => rational(1n, 0n), RangeError)
})

test('sums and products are exact, and order is that of the numbers', () => {
  fc.assert(
    fc.property(fraction, fraction, fraction, (a, b, c) => {
      for (const result of [plus(a, b), minus(a, b), times(a, b)]) assert.ok(isReduced(result))
      assert.deepEqual(minus(plus(a, b), b), a)
      assert.deepEqual(times(a, plus(b, c)), plus(times(a, b), times(a, c)))
      assert.deepEqual(plus(a, minus(ZERO, a)), ZERO)
      assert.equal(compare(a, b), Math.sign(Number(minus(a, b).numerator)))
    }),
    { seed: 4, numRuns: 300 },
  )
})

test('a half is rounded away from zero, to the step that is asked', () => {
  for (const [numerator, denominator, step, rounded] of [
    [5n, 2n, 1n, 3n],
    [-5n, 2n, 1n, -3n],
    [249n, 100n, 1n, 2n],
    [-249n, 100n, 1n, -2n],
    [15_000n, 1n, 10_000n, 20_000n],
    [14_999n, 1n, 10_000n, 10_000n],
    [0n, 1n, 10_000n, 0n],
  ] as const)
    assert.equal(roundHalfAway(rational(numerator, denominator), step), rounded, `${numerator}/${denominator} by ${step}`)
})
