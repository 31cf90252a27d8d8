import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Database, insertStation } from '@voltway/store'
import { openTestDatabase, type SeededTenant, seedTenant } from '@voltway/store/testing'
import { type ChargingStationId, type EpochMs, epochMs, type Milliseconds, seeded, uuidv7 } from '@voltway/units'
import { sql } from 'kysely'
import { systemClock } from '../../clock.ts'
import { hashIdToken } from '../../identity/hash-id-token.ts'
import { quietLog } from '../../log.ts'
import { createCallCounts } from '../../metrics/count-calls.ts'
import { startNode } from '../../nodes/start-node.ts'
import { attachOcpp, type Ocpp, type OcppOptions } from '../attach-ocpp.ts'
import { hashStationPassword } from '../check-password.ts'
import { type ManualClock, manualClock } from './manual-clock.ts'
import { basic, connectStation, type TestStation } from './test-station.ts'

export const HMAC_KEY = new Uint8Array(32).fill(9)
export const PASSWORD = 'n3ver-the-Same-pa55word'
/** A Monday at noon, in the month that test databases have partitions around. */
export const NOON = epochMs(Date.UTC(2026, 5, 15, 12))

export interface OcppWorld {
  readonly ocpp: Ocpp
  readonly database: Database
  readonly place: SeededTenant
  readonly clock: ManualClock
  readonly url: string
  readonly random: (count: number) => Uint8Array
  /** Adds a station with two EVSEs that is known by this identity and `PASSWORD`. */
  readonly addStation: (
    identity: string,
    options?: { readonly openAccess?: boolean; readonly bootedAt?: EpochMs },
  ) => Promise<ChargingStationId>
  readonly connect: (
    identity: string,
    options?: { protocol?: string; password?: string; authorization?: string; localAddress?: string },
  ) => Promise<TestStation>
  /** Connects and boots a 1.6 station. */
  readonly booted: (identity: string) => Promise<TestStation>
  readonly addCard: (token: string, state?: 'active' | 'blocked', expiresAt?: EpochMs) => Promise<void>
  readonly addReservation: (reservation: NewReservation) => Promise<{ readonly id: string; readonly number: number }>
  /** Rows as the tenant sees them. */
  readonly rows: <Row>(query: string) => Promise<readonly Row[]>
  /** Asks again until a query has the wanted number of rows, for twenty seconds at most. */
  readonly eventually: (query: string, count?: number) => Promise<readonly Record<string, unknown>[]>
  /** How many CALLs were counted, as Prometheus reads it. */
  readonly metricsText: () => string
  readonly close: () => Promise<void>
}
export interface NewReservation {
  readonly stationId: ChargingStationId
  readonly evse: number
  readonly code: string
  readonly startsAt: EpochMs
  readonly endsAt: EpochMs
  readonly state?: string
}

/** The charging link on a real database and a real port; the platform's clock stands still at noon. */
export async function openOcppWorld(options: OcppOptions = {}): Promise<OcppWorld> {
  const database = await openTestDatabase()
  const place = await seedTenant(database)
  const { tenantId, siteId, driverId } = place
  const clock = manualClock(NOON)
  const chance = seeded(23)
  const random = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(chance() * 256))
  const server = createServer((_, response) => response.writeHead(404).end())
  const calls = createCallCounts()
  const node = await startNode({
    db: database,
    clock,
    network: systemClock,
    random,
    log: quietLog,
    name: 'world',
    leaseMs: 6_000,
    secretCheck: '',
    nodeKey: new Uint8Array(32),
    isFirst: true,
  })
  const ocpp = attachOcpp(
    server,
    { clock, random, log: quietLog, db: database, secrets: { hmacKey: HMAC_KEY }, metrics: { calls }, node },
    { settle: { ask: false }, ...options },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ocpp/`
  const stations: TestStation[] = []

  const connect: OcppWorld['connect'] = async (
    identity,
    { protocol = 'ocpp1.6', password = PASSWORD, authorization, localAddress } = {},
  ) => {
    const station = await connectStation(`${url}${encodeURIComponent(identity)}`, {
      protocol,
      authorization: authorization ?? (password === '' ? undefined : basic(identity, password)),
      ...(localAddress && { localAddress }),
    })
    stations.push(station)
    return station
  }
  const rows: OcppWorld['rows'] = async <Row>(query: string) =>
    database.inTenant(tenantId, async (tx) => (await sql.raw<Row>(query).execute(tx)).rows)

  return {
    ocpp,
    database,
    place,
    clock,
    url,
    random,
    rows,
    connect,
    metricsText: calls.text,
    addStation: async (identity, { openAccess = false, bootedAt } = {}) => {
      const id = uuidv7<'ChargingStation'>(NOON, random)
      const evse = (number: number) => ({
        id: uuidv7<'Evse'>(NOON, random),
        number,
        code: `${id.slice(-6)}-${number}`,
        currentType: 'AC' as const,
        maxPowerW: 22_000,
        phases: 3 as const,
        side: null,
        tariffId: null,
        connectors: [{ number: 1, standard: 'IEC_62196_T2' as const, maxPowerW: 22_000, cableAttached: false }],
      })
      const passwordHash = openAccess ? null : hashStationPassword(new TextEncoder().encode(PASSWORD), HMAC_KEY)
      await database.inTenant(tenantId, async (tx) => {
        await insertStation(tx, tenantId, {
          id,
          siteId,
          identity,
          name: identity,
          passwordHash,
          openAccess,
          sharedLimitW: null,
          createdAt: NOON,
          evses: [evse(1), evse(2)],
        })
        if (bootedAt !== undefined)
          await sql`update voltway.charging_station set booted_at = ${bootedAt} where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
      })
      return id
    },
    booted: async (identity) => {
      const station = await connect(identity)
      await station.call('BootNotification', { chargePointVendor: 'Volt', chargePointModel: 'One' })
      return station
    },
    addCard: (token, state = 'active', expiresAt) =>
      database.inTenant(tenantId, async (tx) => {
        const hash = Buffer.from(hashIdToken(token, HMAC_KEY))
        await sql`insert into voltway.id_token (tenant_id, id, token_hash, last_four, type, label, driver_id, state, expires_at, created_at)
          values (${tenantId}, ${uuidv7(NOON, random)}, ${hash}, ${token.slice(-4)}, 'rfid', 'card', ${driverId}, ${state}, ${expiresAt ?? null}, ${NOON})`.execute(
          tx,
        )
      }),
    addReservation: ({ stationId, evse, code, startsAt, endsAt, state = 'confirmed' }) =>
      database.inTenant(tenantId, async (tx) => {
        const id = uuidv7(NOON, random)
        const { rows: inserted } = await sql<{ number: number }>`
          insert into voltway.reservation (tenant_id, id, code, station_id, evse_id, number, driver_id, starts_at, ends_at, state, wish, plan, created_at)
          select ${tenantId}, ${id}, ${code}, ${stationId}, evse.id, coalesce((select max(number) from voltway.reservation where station_id = ${stationId}), 0) + 1,
            ${driverId}, ${startsAt}, ${endsAt}, ${state}, '{}', '{}', ${NOON}
          from voltway.evse where tenant_id = ${tenantId} and station_id = ${stationId} and number = ${evse} returning number`.execute(tx)
        return { id, number: inserted[0]?.number ?? 0 }
      }),
    eventually: async (query, count = 1) => {
      for (const until = performance.now() + 20_000; ; ) {
        const found = await rows<Record<string, unknown>>(query)
        if (found.length >= count || performance.now() > until) return found
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
    close: async () => {
      await ocpp.close()
      await node.close()
      for (const station of stations) station.socket.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await database.close()
    },
  }
}

export const minutes = (count: number) => (count * 60_000) as Milliseconds
