import type { NodeId, OtherNode } from '@voltway/store'
import type { TenantId } from '@voltway/units'
import type { NodeAnswer, NodeRequest } from './node-request.ts'

/** How another node's answer came, or why none did. */
export type Asked = NodeAnswer | { readonly kind: 'silent' } | { readonly kind: 'ended' }

/** This server process among those on the same database. */
export interface Node {
  /** Of the lease that is held now; another one after a lease was lost. */
  readonly id: () => NodeId
  readonly name: string
  /** Whether the lease lasts by our own clock: others take it for ended only later. */
  readonly isFresh: () => boolean
  /** The other nodes that live. */
  readonly others: () => ReadonlyMap<NodeId, OtherNode>
  /** Whether this node does what one of them does for all. */
  readonly hasDuty: () => boolean
  /** Whether another node's session is there to hear anything. */
  readonly isListening: (id: NodeId) => Promise<boolean>
  /** Asks another node and waits for its answer, in real time. */
  readonly ask: (to: NodeId, request: NodeRequest, withinMs: number) => Promise<Asked>
  /** Answers what other nodes ask from now on. */
  readonly answerWith: (answer: (request: NodeRequest) => Promise<NodeAnswer>) => void
  /** Tells the other nodes that events of a tenant were committed here. */
  readonly wakeOthers: (tenantId: TenantId) => void
  /** Called when another node has committed events of a tenant. */
  readonly onWake: (listener: (tenantId: TenantId) => void) => void
  /** Called when the lease was found lost, before another one is taken. */
  readonly onLost: (listener: () => Promise<void>) => void
  /** Called after links or commands of a tenant were put right that an ended node had left. */
  readonly onPutRight: (listener: (tenantId: TenantId) => void) => void
  /** Ends what is being asked of others, and asks no more. */
  readonly hangUp: () => void
  /** Gives the lease back. */
  readonly close: () => Promise<void>
}
