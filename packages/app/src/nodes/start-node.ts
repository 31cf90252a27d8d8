import { endNode, giveUpDuties, isListening, renewNode } from '@voltway/store'
import type { Milliseconds, TenantId } from '@voltway/units'
import { repeat } from '../jobs/repeat.ts'
import { endPredecessors } from './end-predecessors.ts'
import { createNeighbours } from './neighbours.ts'
import type { Node } from './node.ts'
import { createNodeMail } from './node-mail.ts'
import { type NodeParts, TURNS } from './node-parts.ts'
import { type Lease, takeLease } from './take-lease.ts'
import { createWakeOthers } from './wake-others.ts'

/** Work that never overlaps, in the order in which it was asked for. */
const oneAtATime = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <Value>(work: () => Promise<Value>): Promise<Value> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
}

interface Listeners {
  onWake: (tenantId: TenantId) => void
  onLost: () => Promise<void>
  onPutRight: (tenantId: TenantId) => void
}

/** The lease, and all that is done under it. */
interface Membership {
  readonly lease: () => Lease
  /** The lease was taken away, as this process was away for long: its links end, so that it does not go on as a ghost. */
  readonly isLost: () => boolean
  readonly turn: () => Promise<void>
}

interface MembershipEvents {
  readonly look: () => Promise<boolean>
  readonly hasOthers: () => boolean
  readonly onLost: () => Promise<void>
}

const createMembership = async (
  parts: NodeParts,
  enter: () => Promise<Lease>,
  { look, hasOthers, onLost }: MembershipEvents,
): Promise<Membership & { readonly join: () => Promise<void> }> => {
  const { db, network, log, name } = parts
  let lease = await enter()
  let lost = false
  const join = async () => {
    await look()
    await lease.channel.announce()
  }
  const replace = async () => {
    if (!lost) log.warn('this node was away for so long that its lease was ended: its stations have to connect again', { node: name })
    lost = true
    await onLost()
    await lease.channel.close()
    lease = await enter()
    lost = false
    await join()
  }
  return {
    lease: () => lease,
    isLost: () => lost,
    join,
    turn: async () => {
      const sentAt = network.now()
      if (lost || !(await renewNode(db.directory, lease.id, sentAt))) return replace()
      lease.renewedAt = sentAt
      if (await look()) await lease.channel.announce()
      if (hasOthers()) await lease.channel.look()
    },
  }
}

/** Joins the nodes on a database: takes a lease and renews it, judges the others, and puts right what those left that are gone. */
export const startNode = async (parts: NodeParts): Promise<Node> => {
  const { db, network, random, log, name, leaseMs, nodeKey } = parts
  const { directory } = db
  const inTurn = oneAtATime()
  const listeners: Listeners = { onWake: () => {}, onLost: async () => {}, onPutRight: () => {} }
  // What is heard before this process has joined is seen when it does.
  let joined = false
  let closed = false
  const warn = (what: string) => (error: unknown) => log.warn(what, { error: String(error) })

  const neighbours = createNeighbours(parts, {
    self: () => member.lease().id,
    onEnded: (id) => mail.ended(id),
    onPutRight: (tenantId) => listeners.onPutRight(tenantId),
  })
  const { others, look } = neighbours
  const hasOthers = () => others().size > 0
  const mail = createNodeMail({
    network,
    random,
    log,
    nodeKey,
    self: () => member.lease().id,
    send: (to, body) => member.lease().channel.send(to, body),
    // One that is not known may have just come.
    isLiving: async (id) => {
      if (!others().has(id)) await inTurn(look)
      return others().has(id)
    },
  })
  const enter = () =>
    takeLease(parts, {
      onMail: mail.take,
      onWake: (tenants) => {
        for (const tenantId of tenants) listeners.onWake(tenantId)
      },
      onNodes: () =>
        void inTurn(async () => {
          if (joined && !closed && !member.isLost()) await look()
        }).catch(warn('the other nodes could not be looked at')),
    })

  await endPredecessors(parts)
  const member = await createMembership(parts, enter, { look, hasOthers, onLost: () => listeners.onLost() })
  await inTurn(member.join)
  joined = true
  const turns = repeat(network, Math.round(leaseMs / TURNS) as Milliseconds, {
    turn: () => inTurn(member.turn),
    onError: warn('the lease of this node could not be renewed'),
  })
  const wakes = createWakeOthers(network, {
    hasOthers,
    tell: (tenants) => void member.lease().channel.wakeOthers(tenants).catch(warn('the other nodes were not told of new events')),
  })
  const isFresh = () => !member.isLost() && !closed && network.now() - member.lease().renewedAt < leaseMs
  const close = async () => {
    const { id, channel } = member.lease()
    try {
      await giveUpDuties(directory, id)
      await endNode(directory, { id, at: network.now(), reason: 'gave its lease back' })
      await channel.announce()
    } finally {
      await channel.close()
    }
  }

  return {
    id: () => member.lease().id,
    name,
    isFresh,
    others,
    hasDuty: () => neighbours.hasDuty() && isFresh(),
    isListening: async (id) => {
      const other = others().get(id)
      return other !== undefined && isListening(directory, other.number)
    },
    ask: mail.ask,
    answerWith: mail.answerWith,
    wakeOthers: wakes.wake,
    onWake: (listener) => {
      listeners.onWake = listener
    },
    onLost: (listener) => {
      listeners.onLost = listener
    },
    onPutRight: (listener) => {
      listeners.onPutRight = listener
    },
    hangUp: mail.hangUp,
    close: async () => {
      closed = true
      await turns.end()
      wakes.close()
      mail.hangUp()
      // Without a database there is nothing to give back; the others find out by themselves.
      await inTurn(close).catch(warn('the lease of this node could not be given back'))
    },
  }
}
