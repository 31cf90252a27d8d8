import type { MeterSampled, TransactionReported } from './facts.ts'

const RANK = { 'transaction.started': 0, 'transaction.updated': 1, 'transaction.ended': 2 } as const

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const contentOf = (fact: object) =>
  JSON.stringify(
    Object.entries(fact).sort(([a], [b]) => compareText(a, b)),
    (_, value) => (typeof value === 'bigint' ? `${value}n` : value),
  )

/** One fact per natural key: the one heard first, and of two heard at once always the same one. */
const distinct = <Fact extends { readonly receivedAt: number }>(facts: readonly Fact[], keyOf: (fact: Fact) => string): readonly Fact[] => {
  const byKey = new Map<string, Fact>()
  for (const fact of facts) {
    const key = keyOf(fact)
    const known = byKey.get(key)
    const earlier = !known || fact.receivedAt < known.receivedAt
    if (earlier || (fact.receivedAt === known.receivedAt && compareText(contentOf(fact), contentOf(known)) < 0)) byKey.set(key, fact)
  }
  return [...byKey.values()]
}

const compareSteps = (a: TransactionReported, b: TransactionReported) =>
  a.occurredAt - b.occurredAt || (a.seqNo ?? -1) - (b.seqNo ?? -1) || RANK[a.kind] - RANK[b.kind] || compareText(a.naturalKey, b.naturalKey)

const compareSamples = (a: MeterSampled, b: MeterSampled) =>
  a.occurredAt - b.occurredAt || a.evse - b.evse || compareText(a.payloadHash, b.payloadHash)

/** The facts of one transaction, each once, in the order of their own time: the same however they arrived. */
export interface DistinctFacts {
  readonly steps: readonly TransactionReported[]
  readonly samples: readonly MeterSampled[]
}

/** Facts are mostly read in order, and a long session is folded often: telling them apart anew was a third of a fold. */
const ascends = <Fact>(facts: readonly Fact[], compare: (a: Fact, b: Fact) => number) =>
  facts.every((fact, index) => index === 0 || compare(facts[index - 1]!, fact) < 0)

const distinctSteps = (steps: readonly TransactionReported[]) => {
  const keys = new Set(steps.map(({ naturalKey }) => naturalKey))
  const once = keys.size === steps.length ? steps : distinct(steps, ({ naturalKey }) => naturalKey)
  return ascends(once, compareSteps) ? once : once.toSorted(compareSteps)
}

/** A sample's key is what samples are ordered by: ascending, each is there once. */
const distinctSamples = (samples: readonly MeterSampled[]) =>
  ascends(samples, compareSamples)
    ? samples
    : distinct(samples, ({ evse, occurredAt, payloadHash }) => `${evse} ${occurredAt} ${payloadHash}`).toSorted(compareSamples)

export const distinctFacts = (facts: readonly (TransactionReported | MeterSampled)[]): DistinctFacts => ({
  steps: distinctSteps(facts.filter((fact) => fact.kind !== 'meter.sampled')),
  samples: distinctSamples(facts.filter((fact) => fact.kind === 'meter.sampled')),
})
