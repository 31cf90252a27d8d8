import { isCounted, reachable, type WriteState } from './states.ts'

/** For each field those that can come after it: behind it, or with a higher code beside it. */
const followersOf = (states: readonly WriteState[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const followers = new Map<string, Set<string>>()
  for (const [at, state] of states.entries())
    for (const [index, way] of state.ways.entries()) {
      const known = followers.get(way.field) ?? new Set()
      followers.set(way.field, known)
      for (const { field } of state.ways.slice(index + 1)) known.add(field)
      const behind = reachable(states, isCounted(state, way) ? [at, state.after] : [way.next])
      for (const next of behind) for (const { field } of states[next]!.ways) if (field !== way.field) known.add(field)
    }
  return followers
}

/**
 * The fields of a type in an order in which none stands before one that it can come after: met in this order, each is taken where a walk along the
 * grammar would take it. Undefined where there is no such order, as where a group of different elements repeats.
 */
export const orderOf = (states: readonly WriteState[]): readonly string[] | undefined => {
  const followers = followersOf(states)
  const order: string[] = []
  const left = new Set(followers.keys())
  while (left.size > 0) {
    const first = [...left].find((field) => ![...left].some((other) => other !== field && followers.get(other)!.has(field)))
    if (first === undefined) return undefined
    left.delete(first)
    order.push(first)
  }
  return order
}
