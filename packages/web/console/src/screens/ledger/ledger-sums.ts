import type { MoneyJson } from '@voltway/ui'

/** Amounts added up currency by currency, exactly; currencies by name. */
export const sumsOf = (amounts: readonly MoneyJson[]): readonly MoneyJson[] => {
  const sums = new Map<string, bigint>()
  for (const { currency, micros } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(micros))
  return [...sums].sort(([a], [b]) => a.localeCompare(b)).map(([currency, micros]) => ({ currency, micros: micros.toString() }))
}

export const isBalanced = (amounts: readonly MoneyJson[]) => sumsOf(amounts).every(({ micros }) => micros === '0')
