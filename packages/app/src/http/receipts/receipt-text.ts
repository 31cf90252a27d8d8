import { currency, epochMs, instantOf, minorDigitsOf, wallClock } from '@voltway/units'
import type { ReceiptView } from './receipt-schema.ts'

type Money = ReceiptView['cost']['total']
type Line = ReceiptView['cost']['lines'][number]

/** The words of a receipt; the app's catalogue has its own. */
const DIMENSIONS: Readonly<Record<string, string>> = {
  energy: 'Energy',
  time: 'Time',
  session: 'Session fee',
  idle: 'Idle time',
  timeOfUse: 'Peak demand charge',
  service: 'Service charge',
  feedIn: 'Energy given back',
}
const STOP_REASONS: Readonly<Record<string, string>> = {
  driver: 'Stopped by driver',
  operator: 'Stopped by operator',
  batteryFull: 'Battery full',
  reservationEnded: 'End of the reserved time',
  unplugged: 'Unplugged',
  energyLimit: 'Energy limit',
  timeLimit: 'Time limit',
  unauthorised: 'Not authorised',
  fault: 'Fault',
  powerLoss: 'Power loss',
  reset: 'Station restarted',
  other: 'Other reason',
}
const PLANS: Readonly<Record<string, string>> = {
  duration: 'Duration',
  power: 'Power',
  durationEco: 'Duration Eco',
  powerEco: 'Power Eco',
  cheapest: 'Cheapest',
  soonest: 'Soonest',
}

/** An amount with the decimals of its coin, or more where a price has more: "0.6250 GBP". */
export const moneyText = ({ currency: code, micros }: Money, { exact = false } = {}): string => {
  const value = BigInt(micros)
  const digits = (value < 0n ? -value : value).toString().padStart(7, '0')
  const least = minorDigitsOf(currency(code))
  const fraction = exact ? digits.slice(-6).replace(/0+$/, '').padEnd(least, '0') : digits.slice(-6, digits.length - 6 + least)
  const whole = digits.slice(0, -6).replace(/\B(?=(\d{3})+$)/g, '\u2009')
  return `${value < 0n ? '\u2212' : ''}${whole}${fraction ? `.${fraction}` : ''}\u00a0${code}`
}

export const energyText = (wattHours: number) => `${(wattHours / 1_000).toFixed(3)}\u00a0kWh`

export const durationText = (seconds: number): string => {
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes}\u00a0min` : `${Math.floor(minutes / 60)}\u00a0h ${String(minutes % 60).padStart(2, '0')}\u00a0min`
}

/** "2026-06-15 14:05" on the site's wall clock; with the offset on the day on which an hour comes twice. */
export const timeText = (at: string, timeZone: string): string => {
  const clock = wallClock(instantOf(at) ?? epochMs(0), timeZone)
  const text = `${clock.toPlainDate().toString()} ${clock.toPlainTime().toString({ smallestUnit: 'minute' })}`
  return clock.hoursInDay === 24 ? text : `${text} (UTC${clock.offset})`
}

/** What is paid for, by which part of the tariff, and where its cap ended it. */
export const dimensionText = ({ dimension, label, isCapped }: Line) =>
  `${DIMENSIONS[dimension] ?? dimension}${label ? ` \u00b7 ${label}` : ''}${isCapped ? ' (capped)' : ''}`
export const quantityText = ({ quantity, unit, dimension }: Line) =>
  unit === 'Wh'
    ? energyText(quantity)
    : unit === 'ms'
      ? durationText(quantity / 1_000)
      : dimension === 'timeOfUse'
        ? `\u00d7\u2009${quantity}`
        : String(quantity)
export const unitPriceText = ({ unitPrice, unit }: Line) =>
  `${moneyText(unitPrice, { exact: true })}${unit === 'Wh' ? '/kWh' : unit === 'ms' ? '/min' : ''}`
export const stopReasonText = (reason: string) => STOP_REASONS[reason] ?? reason
export const planText = (kind: string) => PLANS[kind] ?? kind
export const percentText = (ppm: string) => `${Number(ppm) / 10_000}\u00a0%`
