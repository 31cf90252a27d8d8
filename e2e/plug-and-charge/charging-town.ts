import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadConfig, quietLog, type Seeded, seedTenant, startServer, systemClock } from '@voltway/app'
import type { TestPkiFile } from '@voltway/pki'
import {
  type Fleet,
  type HighLevel,
  readingTimeOf,
  type SimClock,
  type Station,
  scaledClock,
  startFleet,
  type TemplateName,
} from '@voltway/sim'
import { openTestDatabase } from '@voltway/store/testing'
import { seeded, type TenantId } from '@voltway/units'
import { sql } from 'kysely'
import { evsesOf, LEEDS } from '../places.ts'

export interface TownStation {
  readonly identity: string
  readonly template: TemplateName
  readonly tariff: object
}

export interface ChargingTownOptions {
  /** Each at a site of its own. */
  readonly stations: readonly TownStation[]
  readonly highLevel: HighLevel
  readonly drivers: readonly { readonly name: string; readonly card?: string }[]
  /** How fast the world's clock runs. */
  readonly rate: number
  /** What contracts are issued with, by path; without any none are. */
  readonly contracts?: readonly TestPkiFile[]
}

export interface SessionSeen {
  readonly id: string
  readonly driverName?: string
  readonly tokenLastFour?: string
  readonly receiptNumber?: number
}
export interface ReceiptSeen {
  readonly driverName?: string
  readonly importWh: number
  readonly exportWh: number
  readonly cost: { readonly total: { readonly micros: string } }
}

export interface ChargingTown {
  readonly made: Seeded
  readonly fleet: Fleet
  readonly clock: SimClock
  readonly station: (identity: string) => Station
  /** Asks the API with a key of all scopes. @throws Error when it refuses */
  readonly api: <Answer>(method: string, path: string, body?: object) => Promise<Answer>
  readonly rows: <Row>(query: string) => Promise<readonly Row[]>
  readonly receiptOf: (session: SessionSeen) => Promise<ReceiptSeen>
  readonly close: () => Promise<void>
}

/** Looks again until there is something to be seen. @throws Error after a minute of real time */
export const eventually = async <Value>(what: string, look: () => Promise<Value | undefined | false> | Value | undefined | false) => {
  for (const until = systemClock.now() + 60_000; systemClock.now() < until; ) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`never happened: ${what}`)
}

const planOf = ({ stations, drivers }: ChargingTownOptions) =>
  ({
    organisation: 'Cable',
    owner: { name: 'Owner', email: 'owner@cable.example', password: 'correct horse battery' },
    tariffs: Object.fromEntries(stations.map(({ identity, tariff }) => [identity, tariff])),
    sites: stations.map(({ identity, template }) => ({
      name: identity,
      kind: 'parking',
      ...LEEDS,
      operatorName: 'Cable',
      tariff: identity,
      stations: [{ name: identity, identity, evses: evsesOf(template) }],
    })),
    drivers: drivers.map(({ name, card }) => ({
      name,
      ...(card !== undefined && { tokens: [{ type: 'rfid', token: card, label: card }] }),
    })),
    apiKeys: [{ name: 'all', scopes: ['stations:read', 'stations:write', 'sessions:read', 'drivers:read', 'drivers:write'] }],
  }) as Parameters<typeof seedTenant>[1]

const writeFiles = async (folder: string, files: readonly TestPkiFile[]) => {
  for (const { path, content, secret } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 })
    await writeFile(join(folder, path), content, { mode: secret ? 0o600 : 0o644 })
  }
}

const openParts = async (options: ChargingTownOptions, opened: AsyncDisposableStack): Promise<ChargingTown> => {
  const { stations, highLevel, rate, contracts = [] } = options
  const folder = await mkdtemp(join(tmpdir(), 'voltway-cable-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const database = await openTestDatabase()
  opened.defer(() => database.close())
  await writeFiles(join(folder, 'contracts'), contracts)
  const config = loadConfig({
    DATABASE_URL: database.connectionString,
    VOLTWAY_DATA_DIRECTORY: folder,
    VOLTWAY_PORT: '0',
    ...(contracts.length > 0 && { VOLTWAY_CONTRACTS_DIRECTORY: join(folder, 'contracts') }),
  })
  if (!config.ok) throw new Error(JSON.stringify(config.failure))
  const clock = scaledClock({ base: systemClock, rate })
  const server = await startServer({ config: config.value, clock: readingTimeOf(clock, systemClock), log: quietLog })
  opened.defer(() => server.close())
  const made = await seedTenant(server.services, planOf(options))
  const api: ChargingTown['api'] = async <Answer>(method: string, path: string, body?: object) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${made.apiKeys[0]!.key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return (await answer.json()) as Answer
  }
  const fleet = await startFleet({
    url: `${server.url.replace(/^http/, 'ws')}/ocpp`,
    stations: made.stations.map(({ identity, password }, index) => ({
      identity,
      password,
      template: stations[index]!.template,
      version: 'ocpp2.0.1',
      highLevel,
    })),
    clock,
    random: seeded(11),
    settings: { meterIntervalSeconds: '60' },
  })
  opened.defer(() => fleet.close())
  const station = (identity: string) => fleet.stations.get(identity)!
  await eventually('the stations are connected', () => stations.every(({ identity }) => station(identity).linkState() === 'connected'))
  return {
    made,
    fleet,
    clock,
    station,
    api,
    rows: <Row>(query: string) =>
      server.services.db.inTenant(made.tenantId as TenantId, async (tx) => (await sql.raw<Row>(query).execute(tx)).rows as readonly Row[]),
    receiptOf: ({ id }) => api<ReceiptSeen>('GET', `/sessions/${id}/receipt`),
    close: () => opened.disposeAsync(),
  }
}

/** The real server, and stations that talk with their cars, on one clock; networks keep real time. */
export const openChargingTown = async (options: ChargingTownOptions): Promise<ChargingTown> => {
  // What was opened is closed again, last first: with the town, or at once where something of it does not come up.
  const opened = new AsyncDisposableStack()
  try {
    return await openParts(options, opened)
  } catch (error) {
    await opened.disposeAsync()
    throw error
  }
}
