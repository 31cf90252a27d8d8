import type { StationGateway } from './ocpp/station-gateway.ts'

export interface LateGateway {
  readonly gateway: StationGateway
  readonly attach: (gateway: StationGateway) => void
}

/** Services are built before the link that needs them: until it is attached, every station is offline. */
export const lateGateway = (): LateGateway => {
  let real: StationGateway | undefined
  return {
    attach: (gateway) => {
      real = gateway
    },
    gateway: {
      call: async (...args) => (real ? real.call(...args) : { outcome: 'offline' }),
      perform: async (...args) => (real ? real.perform(...args) : { accepted: false, reason: 'offline' }),
      linkOf: async (target) => real?.linkOf(target),
      linksOf: async (tenantId) => (real ? real.linksOf(tenantId) : () => false),
      disconnect: (stationId, reason) => real?.disconnect(stationId, reason),
    },
  }
}
