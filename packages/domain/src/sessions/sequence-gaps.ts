/** Sequence numbers that never came, from the first to the last of each gap. */
export interface SequenceGap {
  readonly from: number
  readonly to: number
}

/** Gaps among the sequence numbers that came, in any order and any number of times. */
export const sequenceGaps = (numbers: readonly number[]): readonly SequenceGap[] => {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b)
  return sorted.flatMap((number, index) => {
    const before = sorted[index - 1]
    return before === undefined || number === before + 1 ? [] : [{ from: before + 1, to: number - 1 }]
  })
}
