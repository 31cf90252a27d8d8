import { endNode, isListening, type NodeId, type OtherNode, otherNodes, settleNode, takeDuty } from '@voltway/store'
import type { TenantId } from '@voltway/units'
import { lookAgain, NO_SIGHTINGS, stillFor } from './judge-nodes.ts'
import { type NodeParts, TURNS } from './node-parts.ts'
import { putRight } from './put-right.ts'

export interface Neighbours {
  /** The other nodes that live. */
  readonly others: () => ReadonlyMap<NodeId, OtherNode>
  /** Whether this node held the jobs when it looked last. */
  readonly hasDuty: () => boolean
  /** Ends the leases of those that are dead, takes the jobs if nobody does them, and if so puts right what the dead left. @returns whether one ended */
  readonly look: () => Promise<boolean>
}

const JOBS = 'jobs'

/** Whether a node may be taken for dead: its lease has run out, or nearly so and nobody listens there any more. */
const isDead = async ({ db }: NodeParts, { number, leaseMs }: OtherNode, still: number): Promise<boolean> =>
  still >= leaseMs || (still >= (leaseMs * (TURNS - 1)) / TURNS && !(await isListening(db.directory, number)))

interface NeighbourEvents {
  readonly self: () => NodeId
  readonly onEnded: (id: NodeId) => void
  readonly onPutRight: (tenantId: TenantId) => void
}

/** What a node sees of the others, and does about them. */
export const createNeighbours = (parts: NodeParts, { self, onEnded, onPutRight }: NeighbourEvents): Neighbours => {
  const { db, network, log, name, leaseMs } = parts
  const { directory } = db
  let others: ReadonlyMap<NodeId, OtherNode> = new Map()
  let sightings = NO_SIGHTINGS
  /** The lease under which the duty was taken: it lasts as long. */
  let dutyOf: NodeId | undefined

  const endDead = async (living: readonly OtherNode[]): Promise<readonly OtherNode[]> => {
    const dead: OtherNode[] = []
    for (const other of living) {
      if (!(await isDead(parts, other, stillFor(sightings, other.id)))) continue
      const { id, renewals } = other
      const reason = `${name} saw no sign of life`
      if (!(await endNode(directory, { id, renewals, at: network.now(), reason }))) continue
      log.warn('a node is gone', { node: other.name })
      dead.push(other)
    }
    return dead
  }
  const settle = async (ended: readonly OtherNode[]) => {
    if (ended.length === 0) return
    for (const tenantId of await putRight(parts)) onPutRight(tenantId)
    for (const { id } of ended) await settleNode(directory, id, network.now())
  }

  return {
    others: () => others,
    hasDuty: () => dutyOf === self(),
    look: async () => {
      const all = await otherNodes(directory, self())
      const living = all.filter(({ endedAt }) => endedAt === null)
      sightings = lookAgain(sightings, living, { now: network.now(), leaseMs })
      const dead = await endDead(living)
      const before = others
      others = new Map(living.flatMap((other) => (dead.includes(other) ? [] : [[other.id, other]])))
      for (const id of before.keys()) if (!others.has(id)) onEnded(id)
      const nodeId = self()
      if (dutyOf !== nodeId && (await takeDuty(directory, JOBS, { nodeId, at: network.now() }))) dutyOf = nodeId
      // One puts right, not each for itself.
      if (dutyOf === nodeId) await settle([...all.filter(({ endedAt }) => endedAt !== null), ...dead])
      return dead.length > 0
    },
  }
}
