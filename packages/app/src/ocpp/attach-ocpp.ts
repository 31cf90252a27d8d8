import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { createIngestWriter, endLink, expireLeftCommands, linksLeftOpen } from '@voltway/store'
import { type Clock, type Milliseconds, SECOND, type TenantId } from '@voltway/units'
import type { ContractAuthority } from '../certificates/contract-authority.ts'
import { createOcspClient, type OcspClient } from '../certificates/ocsp-client.ts'
import { systemClock } from '../clock.ts'
import { createAskAway } from '../egress/ask-away.ts'
import type { Services } from '../services.ts'
import { createAfterBoot, SETTLE_RULES, type SettleRules } from './after-boot.ts'
import { Answers } from './answers.ts'
import { ATTEMPT_RULES, type AttemptRules, createAttempts } from './attempts.ts'
import { clientAddress } from './client-address.ts'
import { createGateway } from './gateway.ts'
import { createIngest } from './ingest.ts'
import type { Link } from './link-services.ts'
import { Links } from './links.ts'
import type { StationGateway } from './station-gateway.ts'
import { createUpgrade, OCPP_PATH } from './upgrade.ts'
import { VERSION_ROOMS } from './version-rooms.ts'
import { watchLinks } from './watch-links.ts'

/** What the charging link needs of the server; the gateway is what it gives in return. */
export type OcppServices = Pick<Services, 'clock' | 'random' | 'log' | 'db' | 'secrets'> & {
  /** Told when there are new events, so that whoever waits for them need not poll. */
  readonly live?: Pick<Services['live'], 'wake'>
  readonly config?: Pick<Services['config'], 'trustedProxies'>
  readonly metrics?: Pick<Services['metrics'], 'calls'>
}

export interface OcppOptions {
  /** How long peers may be silent is told by this; real time unless told, however fast the platform's clock runs. */
  readonly network?: Clock
  readonly heartbeatSeconds?: number
  readonly attempts?: AttemptRules
  readonly settle?: Partial<SettleRules>
  /** Sockets that one address may hold. */
  readonly mostPerAddress?: number
  /** Connections that write what stations say. */
  readonly ingestLanes?: number
  /** Who asks whether certificates were revoked; responders out on the internet unless told. */
  readonly ocsp?: OcspClient
  /** Contracts are issued with it; none are without. */
  readonly contracts?: ContractAuthority | undefined
}

export interface Ocpp {
  readonly gateway: StationGateway
  /** How many stations are connected. */
  readonly linkCount: () => number
  /** Resolves when what the last process left behind is put right. */
  readonly ready: Promise<void>
  /** Says goodbye to every station (1001), writes what was heard, and frees the connections. */
  readonly close: () => Promise<void>
}

const HEADERS_WITHIN = 10 * SECOND
/** A car waits five seconds for what hangs on it. */
const OCSP_LIMITS = { withinMs: 3_500, mostBytes: 16 * 1024 }

/** Takes the OCPP upgrades of an HTTP server; other paths are left to others. */
export function attachOcpp(server: Server, services: OcppServices, options: OcppOptions = {}): Ocpp {
  const { clock, random, log, db, secrets, config, live, metrics } = services
  const { network = systemClock, heartbeatSeconds = 300, ingestLanes = 1, ocsp = createOcspClient(createAskAway(OCSP_LIMITS)) } = options
  const wake = (tenantId: TenantId) => live?.wake(tenantId)
  const links = new Links<Link>()
  const writer = createIngestWriter(db, { lanes: ingestLanes })
  const ingest = createIngest(writer, { onWritten: (tenants) => tenants.forEach(wake) })
  const calls = metrics?.calls ?? { count: () => {} }
  const shared = { onWritten: wake, calls, clock, network, random, log, db, links }
  const gateway = createGateway(shared)
  const afterBoot = createAfterBoot(shared, gateway, { ...SETTLE_RULES, ...options.settle })
  const upgrade = createUpgrade({
    ...shared,
    ocsp,
    contracts: options.contracts,
    ingest,
    hmacKey: secrets.hmacKey,
    answers: new Answers(),
    heartbeatSeconds,
    onBooted: afterBoot.booted,
    onBegun: afterBoot.begun,
    rooms: VERSION_ROOMS,
    attempts: createAttempts(network, options.attempts ?? ATTEMPT_RULES),
    addressOf: clientAddress(config?.trustedProxies ?? []),
    mostPerAddress: options.mostPerAddress ?? 10_000,
  })
  const stopWatching = watchLinks(shared, {
    every: (10 * SECOND) as Milliseconds,
    pingAfter: (30 * SECOND) as Milliseconds,
    silentFor: (3 * heartbeatSeconds * SECOND) as Milliseconds,
  })
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.startsWith(OCPP_PATH)) void upgrade.take(request, socket, head)
    else if (server.listenerCount('upgrade') === 1) socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
  }
  server.headersTimeout = Math.min(server.headersTimeout, HEADERS_WITHIN)
  server.on('upgrade', onUpgrade)
  const ready = putRight(services)
  ready.catch((error: unknown) => log.error('what the last process left could not be put right', { error }))

  return {
    gateway,
    linkCount: () => links.size,
    ready,
    close: async () => {
      server.off('upgrade', onUpgrade)
      stopWatching()
      const living = links.all()
      for (const link of living) link.close(1001, 'the server is going away')
      await Promise.all([upgrade.close(), ...living.map((link) => link.ended)])
      await ingest.close()
      await writer.close()
    },
  }
}

/** Links and commands of a process that died ended with it. */
async function putRight({ db, clock }: OcppServices): Promise<void> {
  for (const tenantId of await db.tenants())
    await db.inTenant(tenantId, async (tx) => {
      const at = clock.now()
      for (const { stationId, epoch } of await linksLeftOpen(tx, tenantId))
        await endLink(tx, { tenantId, stationId, epoch, at, reason: 'the server was restarted' })
      await expireLeftCommands(tx, tenantId, { at, error: 'the server was restarted' })
    })
}
