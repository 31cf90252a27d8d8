import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Database } from '@voltway/store'
import { type Clock, type RandomBytes, SECOND } from '@voltway/units'
import { readContractAuthority } from './certificates/contract-authority.ts'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { closeServices, createServices } from './create-services.ts'
import { createApp } from './http/create-app.ts'
import { registerTown } from './http/public/register-town.ts'
import { registerSimulator, type SimulatorControl } from './http/simulator/register-simulator.ts'
import type { Readiness } from './http/status/readiness.ts'
import type { WebRoots } from './http/web-apps.ts'
import { clearLeftovers } from './jobs/clear-leftovers.ts'
import { TRACKS } from './jobs/index.ts'
import { keepPartitions } from './jobs/keep-partitions.ts'
import { createReconciler, type Reconciler } from './jobs/reconciler.ts'
import { createRememberedFacts } from './jobs/remembered-facts.ts'
import { lateGateway } from './late-gateway.ts'
import { createLog, type Log } from './log.ts'
import type { Node } from './nodes/node.ts'
import { nodeNameOf } from './nodes/node-name.ts'
import { secretCheckOf } from './nodes/secret-check.ts'
import { startNode } from './nodes/start-node.ts'
import { createPushSender } from './notify/push-sender.ts'
import { attachOcpp } from './ocpp/attach-ocpp.ts'
import { openConfiguredDatabase } from './open-configured-database.ts'
import { createRememberedDays } from './planning/remembered-days.ts'
import { createSitePlanner } from './planning/site-planner.ts'
import type { ServerServices } from './server-services.ts'
import { contractsFailure, databaseFailure, listenFailure } from './start-failure.ts'

export interface ServerOptions {
  readonly config: Config
  readonly clock?: Clock
  readonly random?: RandomBytes
  readonly webRoots?: WebRoots
  readonly log?: Log
  /** Simulated stations of this process, to be steered from the simulator's page. */
  readonly simulator?: SimulatorControl
  /** The operator's own drawing of the town for maps: GeoJSON whose features carry a `kind`. */
  readonly town?: object
  /** The embedded database, opened before the server is asked for; it is closed with the server. */
  readonly database?: Promise<Database>
}

export interface RunningServer {
  readonly url: string
  readonly port: number
  readonly services: ServerServices
  /** The one-time link of an installation that nobody has set up. */
  readonly setUpUrl: () => string | undefined
  /** Resolves when the jobs have nothing left to do: replays and tests wait for it. */
  readonly settle: () => Promise<void>
  /** Ends links, streams, jobs and the database, in that order. */
  readonly close: () => Promise<void>
}

/** Takes this process's place among the servers on its database. */
const joinNodes = (config: Config, { db, clock, random, log, secrets }: ServerServices): Promise<Node> =>
  startNode({
    db,
    clock,
    network: systemClock,
    random,
    log,
    name: nodeNameOf(config),
    leaseMs: config.nodeLeaseSeconds * SECOND,
    secretCheck: secretCheckOf(secrets.hmacKey),
    nodeKey: secrets.nodeKey,
    isFirst: config.databaseUrl === undefined,
  })

/** What is committed here wakes the jobs and the other nodes; what they commit wakes us. @returns what ends it */
const wakeEachOther = ({ live }: ServerServices, node: Node, jobs: Reconciler): (() => void) => {
  node.onWake((tenantId) => live.wake(tenantId, 'elsewhere'))
  node.onPutRight((tenantId) => live.wake(tenantId))
  return live.onWake((tenantId, from) => {
    jobs.wake(tenantId)
    if (from === 'here') node.wakeOthers(tenantId)
  })
}

const readinessOf = (node: Node, isClosing: boolean): Readiness => {
  const refusal = isClosing ? 'This server is going away.' : node.isFresh() ? undefined : 'This server has lost its lease.'
  return { node: node.name, refusal }
}

const contractsOf = async ({ contractsDirectory }: Config) =>
  contractsDirectory === undefined
    ? undefined
    : readContractAuthority(contractsDirectory).catch((error: unknown) => {
        throw contractsFailure(error, contractsDirectory)
      })

const isUnspecified = (host: string) => host === '0.0.0.0' || host === '::'

/** Starts the whole server: database, jobs, charging link, HTTP. @throws StartFailure that names the setting and says what to do */
export const startServer = async ({ config, webRoots, ...options }: ServerOptions): Promise<RunningServer> => {
  const clock = options.clock ?? systemClock
  const random = options.random ?? ((count: number) => new Uint8Array(randomBytes(count)))
  const log = options.log ?? createLog({ level: config.logLevel, clock, write: (line) => process.stderr.write(line) })
  const closing: (() => unknown)[] = []
  let isClosing = false
  const close = async () => {
    isClosing = true
    for (const end of closing.splice(0).reverse()) await end()
  }
  try {
    const db = await (options.database?.catch((error: unknown) => {
      throw databaseFailure(error, config)
    }) ?? openConfiguredDatabase(config, { clock, log }))
    closing.push(() => db.close())
    const late = lateGateway()
    let url = config.publicUrl ?? `http://${config.host}:${config.port}`
    const services = await createServices({ config, clock, random, log, db, gateway: late.gateway, publicUrl: () => url })
    closing.push(() => closeServices(services))
    const push = createPushSender(services, { ...services.secrets.vapid, subject: config.pushContact })
    // How long a plan may take is real time, however fast the platform's clock runs.
    const planner = createSitePlanner({ clock: systemClock, log })
    closing.push(() => planner.close())
    const node = await joinNodes(config, services)
    closing.push(() => node.close())
    const { hasDuty } = node
    const jobs = createReconciler(
      {
        ...services,
        network: systemClock,
        push,
        planner,
        remembered: createRememberedFacts(),
        pastDays: createRememberedDays(),
        siteLooks: new Map(),
        hasDuty,
      },
      TRACKS,
    )
    closing.push(() => jobs.close())
    for (const { end } of [keepPartitions({ ...services, hasDuty }), clearLeftovers({ ...services, hasDuty })]) closing.push(end)
    // Jobs that wait for another node's answer wait no longer.
    closing.push(() => node.hangUp())
    closing.push(wakeEachOther(services, node, jobs))
    const app = await createApp(services, { webRoots, readiness: () => readinessOf(node, isClosing) })
    closing.push(() => app.close())
    const contracts = await contractsOf(config)
    const ocpp = attachOcpp(app.server, { ...services, node }, { contracts })
    closing.push(() => ocpp.close())
    late.attach(ocpp.gateway)
    if (options.town) registerTown(app, options.town)
    if (options.simulator) registerSimulator(app, () => services, options.simulator)
    await app.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
      throw listenFailure(error, config)
    })
    const { port } = app.server.address() as AddressInfo
    if (config.publicUrl === undefined) url = `http://${isUnspecified(config.host) ? '127.0.0.1' : config.host}:${port}`
    const setUpUrl = () => {
      const token = services.setUp.token()
      return token === undefined ? undefined : `${url}/console/setup?token=${token}`
    }
    return { url, port, services, setUpUrl, settle: jobs.settle, close }
  } catch (error) {
    await close()
    throw error
  }
}
