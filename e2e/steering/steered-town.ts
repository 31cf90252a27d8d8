import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig, quietLog, type RunningServer, systemClock as realClock, type Seeded, seedTenant, startServer } from '@voltway/app'
import { type Fleet, type Quirks, readingTimeOf, type SimClock, startFleet, type TemplateName, virtualClock } from '@voltway/sim'
import { insertReservation } from '@voltway/store'
import { openTestDatabase } from '@voltway/store/testing'
import {
  type ChargingStationId,
  type DriverId,
  type EpochMs,
  type EvseId,
  epochMs,
  isoOf,
  MINUTE,
  milliseconds,
  type ReservationId,
  SECOND,
  seeded,
  type TenantId,
  uuidv7,
} from '@voltway/units'
import { sql } from 'kysely'
import { FLAT } from '../places.ts'
import { carPark } from './car-park.ts'

/** A Monday at noon, in the month that test databases have partitions around. */
export const NOON = epochMs(Date.UTC(2026, 5, 15, 12))

export interface Promised {
  readonly station: number
  readonly evse: number
  readonly code: string
  readonly energyWh: number
  readonly endsAt: EpochMs
}

export interface SteeredTown {
  readonly server: RunningServer
  readonly made: Seeded
  readonly fleet: Fleet
  /** Asks the API with a key of all scopes. @throws when it refuses */
  readonly api: (method: string, path: string, body?: object) => Promise<unknown>
  readonly now: () => EpochMs
  /** Lets minutes pass, with the server's jobs done and a call back after each. */
  readonly pass: (minutes: number, look: () => void) => Promise<void>
  /** Books a slot from now on, at a flat curve over all of it. */
  readonly promise: (wish: Promised) => Promise<void>
  /** W that each EVSE draws now. */
  readonly powers: () => readonly number[]
  readonly rows: <Row>(query: string) => Promise<readonly Row[]>
  readonly close: () => Promise<void>
}

const VERSIONS = ['ocpp1.6', 'ocpp2.0.1'] as const

/** A clock that stands still until it is told to go on. */
const steppedClock = (): { readonly clock: SimClock; readonly advance: (ms: number) => Promise<void> } => {
  const clock = virtualClock({ startAt: NOON, rate: 'max', base: realClock })
  let release = clock.hold()
  const advance = (ms: number) =>
    new Promise<void>((resolve) => {
      clock.after(milliseconds(ms), () =>
        clock.after(milliseconds(1), () => {
          release = clock.hold()
          resolve()
        }),
      )
      release()
    })
  return { clock, advance }
}

export interface SteeredTownOptions {
  readonly gridLimitW?: number
  /** Body of `PUT /sites/:id/energy`, from the stations that were made. */
  readonly energy?: (made: Seeded) => object
  /** What its stations are; double ones that cannot switch phases unless told. */
  readonly template?: TemplateName
  /** How its stations misbehave, one after the other. */
  readonly quirks?: readonly Quirks[]
  /** One for all sessions; flat unless told. */
  readonly tariff?: object
}

/** The real server and simulated stations on one clock that the test moves: a car park of two stations under limits. */
export const openSteeredTown = async (options: SteeredTownOptions): Promise<SteeredTown> => {
  const { gridLimitW, quirks = [], tariff = FLAT, template = 'ac-22-dual' } = options
  const folder = await mkdtemp(join(tmpdir(), 'voltway-steering-'))
  const database = await openTestDatabase()
  const { clock, advance } = steppedClock()
  const config = loadConfig({ DATABASE_URL: database.connectionString, VOLTWAY_DATA_DIRECTORY: folder, VOLTWAY_PORT: '0' })
  if (!config.ok) throw new Error(JSON.stringify(config.failure))
  const server = await startServer({ config: config.value, clock: readingTimeOf(clock, realClock), log: quietLog })
  const made = await seedTenant(server.services, {
    ...carPark({
      template,
      tariff,
      ...(gridLimitW !== undefined && { gridLimitW }),
      stations: VERSIONS.map((_, index) => ({ name: `Station ${index + 1}`, identity: `CS-${index + 1}`, sharedLimitW: 22_000 })),
    }),
    drivers: [
      { name: 'Dana' },
      { name: 'Will', tokens: ['WALKIN22', 'SECOND22'].map((token) => ({ type: 'rfid', token, label: token }) as const) },
    ],
    apiKeys: [{ name: 'all', scopes: ['stations:read', 'stations:write', 'sessions:read'] }],
  })
  const api: SteeredTown['api'] = async (method, path, body) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${made.apiKeys[0]!.key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return answer.json()
  }
  if (options.energy) await api('PUT', `/sites/${made.siteIds[0]}/energy`, options.energy(made))
  const fleet = await startFleet({
    url: `${server.url.replace(/^http/, 'ws')}/ocpp`,
    stations: made.stations.map(({ identity, password }, index) => ({
      identity,
      password,
      template,
      version: VERSIONS[index]!,
      ...(quirks[index] && { quirks: quirks[index] }),
    })),
    clock,
    network: realClock,
    random: seeded(11),
    settings: { meterIntervalSeconds: '60' },
  })
  const tenantId = made.tenantId as TenantId
  const draw = seeded(5)
  const random = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(draw() * 256))
  return {
    server,
    made,
    fleet,
    api,
    now: clock.now,
    pass: async (minutes, look) => {
      for (let minute = 0; minute < minutes; minute++) {
        await advance(MINUTE - 1)
        await server.settle()
        look()
      }
    },
    promise: async ({ station, evse, code, energyWh, endsAt }) => {
      const now = clock.now()
      const place = made.stations[station]!
      const powerW = (energyWh * 3_600 * SECOND) / (endsAt - now)
      const plan = {
        kind: 'cheapest',
        start: isoOf(now),
        end: isoOf(endsAt),
        energyWh,
        curve: [{ from: isoOf(now), to: isoOf(endsAt), powerW }],
        cost: {},
        tariff,
        reasons: [],
      }
      await server.services.db.inTenant(tenantId, (tx) =>
        insertReservation(tx, tenantId, {
          id: uuidv7(now, random) as ReservationId,
          code,
          stationId: place.id as ChargingStationId,
          evseId: place.evses[evse - 1]!.id as EvseId,
          driverId: made.drivers[0]!.id as DriverId,
          vehicleId: undefined,
          startsAt: now,
          endsAt,
          wish: {},
          plan,
          createdAt: now,
        }),
      )
    },
    powers: () => [...fleet.stations.values()].flatMap((one) => one.view().connectors.map(({ transaction }) => transaction?.powerW ?? 0)),
    rows: <Row>(query: string) =>
      server.services.db.inTenant(tenantId, async (tx) => (await sql.raw<Row>(query).execute(tx)).rows as readonly Row[]),
    close: async () => {
      await fleet.close()
      await server.close()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
