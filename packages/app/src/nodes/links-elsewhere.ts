import { type Database, linkPlace, type NodeId } from '@voltway/store'
import type { Log } from '../log.ts'
import type { StationTarget } from '../ocpp/station-gateway.ts'
import type { Node } from './node.ts'
import { PROBE_ELSEWHERE } from './serve-others.ts'

/** What a node that lets a station in must know of the others. */
export interface LinksElsewhere {
  /** Whether a link on another node keeps its place: its station answers there. */
  readonly keepPlace: (target: StationTarget) => Promise<boolean>
  /** A link has begun here while the one before seemed open at another node: it is to let go. */
  readonly replace: (holder: NodeId, target: StationTarget, epoch: number) => void
}

export const createLinksElsewhere = ({
  db,
  node,
  log,
}: {
  readonly db: Database
  readonly node: Node
  readonly log: Log
}): LinksElsewhere => ({
  keepPlace: async (target) => {
    if (node.others().size === 0) return false
    const place = await db.inTenant(target.tenantId, (tx) => linkPlace(tx, target))
    if (!place || !node.others().has(place.nodeId) || !(await node.isListening(place.nodeId))) return false
    const answer = await node.ask(place.nodeId, { kind: 'probe', target, epoch: place.epoch }, PROBE_ELSEWHERE)
    return answer.kind === 'alive'
  },
  replace: (holder, target, epoch) => {
    if (!node.others().has(holder)) return
    void node.ask(holder, { kind: 'replaced', target, epoch }, PROBE_ELSEWHERE).then(({ kind }) => {
      if (kind === 'silent') log.warn('the node that held the link before did not say that it let go', { stationId: target.stationId })
    })
  },
})
