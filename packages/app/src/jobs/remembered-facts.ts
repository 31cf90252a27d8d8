import { type TransactionFacts, type TransactionKey, transactionText } from '@voltway/store'

/** The facts of sessions that were folded lately, so that the next fold reads only what is new. */
export interface RememberedFacts {
  /** All that went into a session's fold number `folds`; undefined when that is not remembered or another process has folded it since. */
  readonly find: (key: TransactionKey, folds: number) => TransactionFacts | undefined
  /** To be called once the fold is committed. */
  readonly keep: (key: TransactionKey, folds: number, facts: TransactionFacts) => void
  readonly forget: (key: TransactionKey) => void
}

interface Entry {
  readonly folds: number
  readonly facts: TransactionFacts
}

const sizeOf = ({ steps, readings }: TransactionFacts) => steps.length + readings.length

/** @param mostFacts of all sessions together; those folded longest ago are forgotten first */
export function createRememberedFacts(mostFacts = 200_000): RememberedFacts {
  const entries = new Map<string, Entry>()
  let held = 0

  const textOf = (key: TransactionKey) => `${key.tenantId}/${transactionText(key)}`
  const drop = (text: string) => {
    const known = entries.get(text)
    if (!known) return
    held -= sizeOf(known.facts)
    entries.delete(text)
  }
  return {
    find: (key, folds) => {
      const known = entries.get(textOf(key))
      return known?.folds === folds ? known.facts : undefined
    },
    keep: (key, folds, facts) => {
      const text = textOf(key)
      drop(text)
      entries.set(text, { folds, facts })
      held += sizeOf(facts)
      for (const eldest of entries.keys()) {
        if (held <= mostFacts) break
        drop(eldest)
      }
    },
    forget: (key) => drop(textOf(key)),
  }
}
