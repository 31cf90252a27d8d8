import type { NodeId, OtherNode } from '@voltway/store'
import type { EpochMs } from '@voltway/units'

type Judged = Pick<OtherNode, 'id' | 'renewals' | 'leaseMs'>

/** What a node has seen of the others, in its own time: clocks of two machines are never compared. */
export interface Sightings {
  readonly at: EpochMs
  /** Since when each has the number of renewals that it has. */
  readonly since: ReadonlyMap<NodeId, { readonly renewals: number; readonly at: EpochMs }>
}

export const NO_SIGHTINGS: Sightings = { at: -Infinity as EpochMs, since: new Map() }

/**
 * Looks again. Whoever was away for more than half a lease, because it was paused or because the database did not answer, has seen
 * nothing meanwhile, and neither could the others renew: it begins anew.
 */
export const lookAgain = (
  before: Sightings,
  others: readonly Judged[],
  { now, leaseMs }: { readonly now: EpochMs; readonly leaseMs: number },
): Sightings => {
  const known = now - before.at > leaseMs / 2 ? new Map<NodeId, never>() : before.since
  const since = others.map(({ id, renewals }) => {
    const seen = known.get(id)
    return [id, seen?.renewals === renewals ? seen : { renewals, at: now }] as const
  })
  return { at: now, since: new Map(since) }
}

/** How long a node has not been seen to renew its lease, in ms. */
export const stillFor = ({ at, since }: Sightings, id: NodeId): number => {
  const seen = since.get(id)
  return seen ? at - seen.at : 0
}
