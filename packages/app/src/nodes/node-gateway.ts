import { type Database, type LinkPlace, linkPlace, linkPlacesElsewhere } from '@voltway/store'
import { ANSWER_WITHIN, LONGEST_WAIT } from '../ocpp/gateway.ts'
import type { CommandOutcome, IntentOutcome, LinkState, StationGateway, StationTarget } from '../ocpp/station-gateway.ts'
import type { Asked, Node } from './node.ts'
import type { NodeRequest } from './node-request.ts'

/** What the way there and back may take beyond the station's own time. */
const ON_THE_WAY = 5_000
/** A station may move to another link between two looks, and once more. */
const MOST_LOOKS = 3

const HOLDER_GONE = 'the server that held the link is gone'
const HOLDER_SILENT = 'the server that holds the link does not answer'

interface GatewayParts {
  readonly db: Database
  readonly node: Pick<Node, 'id' | 'others' | 'ask'>
}

/** The way to stations on whichever node: straight where the link is here, else through the node that holds it. */
export const createNodeGateway = (here: StationGateway, { db, node }: GatewayParts): StationGateway => {
  const placeOf = async (target: StationTarget): Promise<LinkPlace | undefined> => {
    if (node.others().size === 0) return undefined
    const place = await db.inTenant(target.tenantId, (tx) => linkPlace(tx, target))
    return place && node.others().has(place.nodeId) ? place : undefined
  }
  /** Undefined where the station has no link. */
  const ask = async (target: StationTarget, requestOf: (epoch: number) => NodeRequest, withinMs: number): Promise<Asked | undefined> => {
    for (let look = 0; look < MOST_LOOKS; look++) {
      const place = await placeOf(target)
      if (!place) return undefined
      const asked = await node.ask(place.nodeId, requestOf(place.epoch), withinMs + ON_THE_WAY)
      // Not sent: it may be asked again elsewhere.
      if (asked.kind !== 'gone') return asked
    }
    return undefined
  }

  return {
    call: async (target, action, payload, options) => {
      if (await here.linkOf(target)) return here.call(target, action, payload, options)
      const { requestedBy, timeoutMs } = options
      const within = Math.min(timeoutMs ?? ANSWER_WITHIN, LONGEST_WAIT)
      const asked = await ask(target, (epoch) => ({ kind: 'call', target, epoch, action, payload, requestedBy, timeoutMs }), within)
      return asked ? calledOf(asked, within) : here.call(target, action, payload, options)
    },
    perform: async (target, intent, requestedBy) => {
      if (await here.linkOf(target)) return here.perform(target, intent, requestedBy)
      const asked = await ask(target, (epoch) => ({ kind: 'perform', target, epoch, intent, requestedBy }), ANSWER_WITHIN).catch(
        () => undefined,
      )
      return asked ? performedOf(asked) : here.perform(target, intent, requestedBy)
    },
    linkOf: async (target) => {
      const link = await here.linkOf(target)
      if (link) return link
      const place = await placeOf(target).catch(() => undefined)
      return place && stateOf(place)
    },
    linksOf: async (tenantId) => {
      const isHere = await here.linksOf(tenantId)
      if (node.others().size === 0) return isHere
      const others = node.others()
      const places = await db.inTenant(tenantId, (tx) => linkPlacesElsewhere(tx, tenantId, node.id()))
      const elsewhere = new Set(places.flatMap(({ stationId, nodeId }) => (others.has(nodeId) ? [stationId] : [])))
      return (stationId) => isHere(stationId) || elsewhere.has(stationId)
    },
    disconnect: here.disconnect,
  }
}

const stateOf = ({ ocppVersion, epoch, connectedAt }: LinkPlace): LinkState => ({
  version: ocppVersion as LinkState['version'],
  epoch,
  connectedAt,
})

const calledOf = (asked: Asked, afterMs: number): CommandOutcome => {
  if (asked.kind === 'called') return asked.outcome
  return { outcome: 'expired', afterMs, reason: asked.kind === 'ended' ? HOLDER_GONE : HOLDER_SILENT }
}

const performedOf = (asked: Asked): IntentOutcome => {
  if (asked.kind === 'performed') return asked.outcome
  return { accepted: false, reason: `expired: ${asked.kind === 'ended' ? HOLDER_GONE : HOLDER_SILENT}` }
}
