import { saveCapabilities, saveVariables } from '@voltway/store'
import type { Milliseconds } from '@voltway/units'
import type { Learnt } from './discovery.ts'
import type { GatewayServices } from './gateway.ts'
import type { Link } from './link-services.ts'
import type { StationGateway, StationTarget } from './station-gateway.ts'

export interface SettleRules {
  /** From the answer to a boot to our first CALL: stations are busy then. */
  readonly settle: Milliseconds
  /** How long a new link may go without a boot before one is asked for. */
  readonly bootWithin: Milliseconds
  /** Whether to ask at all. */
  readonly ask: boolean
}
export const SETTLE_RULES: SettleRules = { settle: 2_000 as Milliseconds, bootWithin: 15_000 as Milliseconds, ask: true }

const BY = 'system:after-boot'

/** Once after each accepted boot, one thing at a time: the status of every connector that was silent, then what the station can do. */
export function createAfterBoot(services: GatewayServices, gateway: StationGateway, rules: SettleRules) {
  const later = (duration: Milliseconds, link: Link, work: () => Promise<void>) => {
    const cancel = services.network.after(duration, () => {
      if (!link.isOpen) return
      work().catch((error: unknown) =>
        services.log.error('a station could not be asked after its boot', { stationId: link.stationId, error }),
      )
    })
    void link.ended.then(cancel)
  }
  return {
    /** A link has begun: some stations never boot again after a break. */
    begun: (link: Link) => {
      if (!rules.ask) return
      later(rules.bootWithin, link, async () => {
        if (link.booted) return
        await gateway.perform(targetOf(link), { kind: 'trigger', message: 'boot' }, BY)
        if (!link.booted && link.accepted) await askStatuses(gateway, link)
      })
    },
    booted: (link: Link) => {
      if (!rules.ask) return
      later(rules.settle, link, async () => {
        await askStatuses(gateway, link)
        await learn(services, gateway, link)
      })
    },
  }
}

const targetOf = ({ station: { tenantId, stationId } }: Link): StationTarget => ({ tenantId, stationId })

async function askStatuses(gateway: StationGateway, link: Link): Promise<void> {
  for (const evse of link.station.evses) {
    if (!link.isOpen || link.statusHeard.has(evse)) continue
    await gateway.perform(targetOf(link), { kind: 'trigger', message: 'status', evse }, BY)
  }
}

async function learn({ db, clock }: GatewayServices, gateway: StationGateway, link: Link): Promise<void> {
  const target = targetOf(link)
  const learnt: Learnt = await link.room.discover((action, payload) => gateway.call(target, action, payload, { requestedBy: BY }))
  link.capabilities = { ...link.capabilities, ...definedOnly(learnt.capabilities) }
  await db.inTenant(target.tenantId, async (tx) => {
    await saveCapabilities(tx, target, learnt.capabilities)
    await saveVariables(tx, target, learnt.variables, clock.now())
  })
}

const definedOnly = (values: object) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
