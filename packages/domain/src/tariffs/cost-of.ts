import { minorDigitsOf, type Rational, rational, roundHalfAway, times } from '@voltway/units'
import type { CostBreakdown, CostDimension, CostLine, Usage } from './cost.ts'
import { costSums } from './cost-sums.ts'
import type { LineSum } from './line-sums.ts'
import type { Tariff } from './tariff.ts'

const PPM = 1_000_000n
/** How many of a line's summed units (mWh, ms, piece) its price is for (kWh, minute, piece). */
const UNITS_PER_PRICE: Readonly<Record<CostDimension, bigint>> = {
  energy: 1_000_000n,
  feedIn: 1_000_000n,
  time: 60_000n,
  idle: 60_000n,
  session: 1n,
  timeOfUse: 1n,
  service: 1n,
}

const toNumber = ({ numerator, denominator }: Rational) =>
  Number(numerator / denominator) + Number(numerator % denominator) / Number(denominator)

const UNIT: Readonly<Record<CostDimension, CostLine['unit']>> = {
  energy: 'Wh',
  feedIn: 'Wh',
  time: 'ms',
  idle: 'ms',
  session: 'piece',
  timeOfUse: 'piece',
  service: 'piece',
}

/** A price as the driver pays it, VAT included. */
const grossOf = ({ vat }: Tariff, priceMicros: bigint): Rational =>
  vat.pricesInclude ? rational(priceMicros) : rational(priceMicros * (PPM + vat.ratePpm), PPM)

const lineOf = (tariff: Tariff, { dimension, label, unitPriceMicros, quantity }: LineSum, coin: bigint): CostLine => {
  const unit = UNIT[dimension]
  const perUnit = times(grossOf(tariff, unitPriceMicros), rational(1n, UNITS_PER_PRICE[dimension]))
  return {
    dimension,
    label,
    quantity: unit === 'Wh' ? toNumber(quantity) / 1_000 : toNumber(quantity),
    unit,
    unitPriceMicros,
    amountMicros: roundHalfAway(times(quantity, perUnit), coin),
  }
}

/** What a session pays for idling, which is one line, stops at the cap. */
const capped = (tariff: Tariff, line: CostLine, coin: bigint): CostLine => {
  const cap = tariff.idle?.cap
  if (cap === undefined || line.dimension !== 'idle') return line
  const most = roundHalfAway(grossOf(tariff, cap), coin)
  return line.amountMicros <= most ? line : { ...line, amountMicros: most, isCapped: true }
}

/**
 * Prices a session up to `asOf`; the live display, the CDR and the receipt all use it. Energy between two readings is
 * spread evenly over their time and cut where a price changes. Quantities are summed exactly; each line is rounded once,
 * half away from zero, to the currency's smallest coin; the total is the sum of the lines. Line amounts include VAT; VAT is
 * taken out of the total, rounded the same way, and net is the rest, so net + VAT = total always. A session whose meter
 * moved nothing costs nothing, whatever fees the tariff has; one without a meter pays for its time.
 */
export const costOf = (tariff: Tariff, usage: Usage): CostBreakdown => {
  const coin = 10n ** BigInt(6 - minorDigitsOf(tariff.currency))
  const { lines: sums, importWh, exportWh } = costSums(tariff, usage)
  const gave = usage.points.length === 0 || importWh > 0 || exportWh > 0
  const lines = gave ? sums.map((sum) => capped(tariff, lineOf(tariff, sum, coin), coin)) : []
  const totalMicros = lines.reduce((total, line) => total + line.amountMicros, 0n)
  const { ratePpm } = tariff.vat
  const vatMicros = roundHalfAway(rational(totalMicros * ratePpm, PPM + ratePpm), coin)
  return {
    currency: tariff.currency,
    lines,
    totalMicros,
    netMicros: totalMicros - vatMicros,
    vatMicros,
    vatRatePpm: ratePpm,
    importWh,
    exportWh,
  }
}
