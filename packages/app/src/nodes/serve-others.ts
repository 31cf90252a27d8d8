import type { Milliseconds } from '@voltway/units'
import type { Link } from '../ocpp/link-services.ts'
import type { Links } from '../ocpp/links.ts'
import { type ProbeServices, yields } from '../ocpp/probe-link.ts'
import type { StationGateway } from '../ocpp/station-gateway.ts'
import type { NodeAnswer, NodeRequest } from './node-request.ts'

export interface ServeOthersServices extends ProbeServices {
  readonly links: Links<Link>
  /** To the stations of this node. */
  readonly gateway: StationGateway
}

const GONE: NodeAnswer = { kind: 'gone' }

/** Does what other nodes ask of the links that this one holds. A request for a link that is not here, or no longer, changes nothing. */
export const serveOthers =
  (services: ServeOthersServices) =>
  async (request: NodeRequest): Promise<NodeAnswer> => {
    const { links, gateway } = services
    const { target, epoch } = request
    const link = links.get(target.stationId)
    if (!link?.isOpen || link.station.tenantId !== target.tenantId) return GONE
    if (request.kind === 'replaced') {
      if (link.epoch < epoch) link.terminate('replaced by a newer link on another node')
      return GONE
    }
    if (link.epoch !== epoch) return GONE
    switch (request.kind) {
      case 'call': {
        const { action, payload, requestedBy, timeoutMs } = request
        return { kind: 'called', outcome: await gateway.call(target, action, payload, { requestedBy, ...(timeoutMs && { timeoutMs }) }) }
      }
      case 'perform':
        return { kind: 'performed', outcome: await gateway.perform(target, request.intent, request.requestedBy) }
      case 'probe':
        return (await links.inTurn(target.stationId, () => yields(services, link))) ? GONE : { kind: 'alive' }
    }
  }

/** How long the holder's probe and the way there and back may take. */
export const PROBE_ELSEWHERE = 3_000 as Milliseconds
