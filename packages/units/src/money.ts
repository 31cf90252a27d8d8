declare const code: unique symbol

/** ISO 4217 alphabetic code. */
export type Currency = string & { readonly [code]: 'Currency' }
export const currency = (value: string) => value as Currency

/** An amount in millionths of a currency's unit: 4.60 GBP is 4_600_000n. */
export interface Money {
  readonly currency: Currency
  readonly micros: bigint
}
export const money = (micros: bigint, inCurrency: Currency): Money => ({ currency: inCurrency, micros })

/** The JSON form: micros as a decimal string, since JSON numbers lose integers above 2^53. */
export interface MoneyJson {
  readonly currency: string
  readonly micros: string
}
export const moneyToJson = ({ currency: inCurrency, micros }: Money): MoneyJson => ({ currency: inCurrency, micros: micros.toString() })

const minorDigits = new Map<string, number>()
/** Decimals of a currency's smallest coin as ISO 4217 has it: 2 for EUR, 0 for JPY, 3 for KWD. */
export const minorDigitsOf = (inCurrency: Currency): number => {
  const known = minorDigits.get(inCurrency)
  if (known !== undefined) return known
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency: inCurrency }).resolvedOptions()
  minorDigits.set(inCurrency, maximumFractionDigits)
  return maximumFractionDigits
}
