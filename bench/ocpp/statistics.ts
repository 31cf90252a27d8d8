/** The value below which a share of all lies, 0.5 for the median; NaN of nothing. */
export const quantile = (values: Iterable<number>, share: number): number => {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export const median = (values: Iterable<number>): number => quantile(values, 0.5)
