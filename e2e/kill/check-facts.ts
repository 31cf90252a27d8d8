import type { Book } from './book.ts'

export interface FactFaults {
  /** Acknowledged, and not there. */
  readonly lost: readonly string[]
  /** There, and never sent. */
  readonly invented: readonly string[]
  /** There more than once. */
  readonly doubled: readonly string[]
}

/** Invariants I1 and I5. Facts that were sent, kept and never acknowledged are in order: their stations send them again. */
export const checkFacts = ({ sent, acknowledged }: Pick<Book, 'sent' | 'acknowledged'>, found: readonly string[]): FactFaults => {
  const seen = new Set<string>()
  const doubled: string[] = []
  for (const key of found) {
    if (seen.has(key)) doubled.push(key)
    seen.add(key)
  }
  return {
    lost: [...acknowledged].filter((key) => !seen.has(key)),
    invented: [...seen].filter((key) => !sent.has(key)),
    doubled,
  }
}
