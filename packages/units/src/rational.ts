/** An exact fraction; the denominator is positive and shares no factor with the numerator. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** @throws RangeError when the denominator is zero. */
export const rational = (numerator: bigint, denominator = 1n): Rational => {
  if (denominator === 0n) throw new RangeError('a rational needs a denominator other than zero')
  const sign = denominator < 0n ? -1n : 1n
  const divisor = gcd(numerator, sign * denominator) || 1n
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor }
}
export const ZERO: Rational = { numerator: 0n, denominator: 1n }

export const plus = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
export const minus = (a: Rational, b: Rational): Rational => plus(a, { numerator: -b.numerator, denominator: b.denominator })
export const times = (a: Rational, b: Rational): Rational => rational(a.numerator * b.numerator, a.denominator * b.denominator)
export const compare = (a: Rational, b: Rational): number => {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The nearest multiple of `step`; a half goes away from zero, as on commercial invoices. */
export const roundHalfAway = ({ numerator, denominator }: Rational, step = 1n): bigint => {
  const scaled = denominator * step
  const magnitude = numerator < 0n ? -numerator : numerator
  const rounded = ((2n * magnitude + scaled) / (2n * scaled)) * step
  return numerator < 0n ? -rounded : rounded
}
