import { at, type Json } from './json.ts'

const figure = (value: Json | undefined, divisor: number, digits: number): string =>
  typeof value === 'number' ? (value / divisor).toFixed(digits) : '–'

/** Wh as kWh. */
export const kiloWattHours = (value: Json | undefined): string => figure(value, 1000, 3)

/** W as kW. */
export const kiloWatts = (value: Json | undefined): string => figure(value, 1000, 1)

/** `{currency, micros}` as a person writes it; exact, because micros are a whole number of any size. */
export const money = (value: Json | undefined): string => {
  const [currency, micros] = [at(value, 'currency'), at(value, 'micros')]
  if (typeof currency !== 'string' || typeof micros !== 'string' || !/^-?\d+$/.test(micros)) return '–'
  const amount = BigInt(micros)
  const digits = (amount < 0n ? -amount : amount).toString().padStart(7, '0')
  const [whole, fraction] = [digits.slice(0, -6), digits.slice(-6)]
  return `${amount < 0n ? '-' : ''}${whole}.${fraction.replace(/0{1,4}$/, '')} ${currency}`
}
