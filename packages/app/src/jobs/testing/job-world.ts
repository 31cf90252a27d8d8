import type { TransactionReported, VehicleNeeds } from '@voltway/domain/sessions'
import { type ElementTariff, type Tariff, tariffToJson } from '@voltway/domain/tariffs'
import { createIngestWriter, type Database, type StoredFact } from '@voltway/store'
import { openTestDatabase, type SeededTenant, seedTenant } from '@voltway/store/testing'
import { currency, type EpochMs, epochMs, type Id, seeded, type TariffId, uuidv7, wattHours, watts } from '@voltway/units'
import { sql } from 'kysely'
import { loadConfig } from '../../config.ts'
import { hashIdToken } from '../../identity/hash-id-token.ts'
import { createMetrics } from '../../metrics/create-metrics.ts'
import type { IntentOutcome, StationIntent } from '../../ocpp/station-gateway.ts'
import { type ManualClock, manualClock } from '../../ocpp/testing/manual-clock.ts'
import { createRememberedDays } from '../../planning/remembered-days.ts'
import { inlinePlanner } from '../../planning/testing/inline-planner.ts'
import { NO_TRACES } from '../../traces/traces.ts'
import type { JobServices } from '../job.ts'
import { createRememberedFacts } from '../remembered-facts.ts'

/** What a world is priced by where the price is not what is tested. */
export const FLAT: ElementTariff = {
  kind: 'elements',
  name: 'Flat',
  currency: currency('GBP'),
  timeZone: 'Europe/London',
  vat: { ratePpm: 200_000n, pricesInclude: true },
  elements: [{ name: 'Energy', perKwh: 500_000n }],
}

/** Noon in London is dear, from three o'clock on (two in UTC) it is cheap. */
export const BY_THE_HOUR: ElementTariff = {
  ...FLAT,
  name: 'By the hour',
  elements: [{ name: 'Cheap', perKwh: 100_000n, when: { startTime: '15:00', endTime: '19:00' } }, ...FLAT.elements],
}

export const HMAC_KEY = new Uint8Array(32).fill(7)
/** A Monday at noon, in the month that test databases have partitions around. */
export const NOON = epochMs(Date.UTC(2026, 5, 15, 12))

/** Services on a real database with a station gateway that remembers what it was asked. */
export interface JobWorld {
  readonly services: JobServices
  readonly database: Database
  readonly place: SeededTenant
  readonly clock: ManualClock
  readonly asked: StationIntent[]
  /** What the station answers from now on. */
  readonly answerWith: (outcome: IntentOutcome) => void
  readonly report: (facts: readonly StoredFact[]) => Promise<void>
  readonly close: () => Promise<void>
}

const quiet = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (message: string, detail?: object) => {
    throw new Error(`${message} ${JSON.stringify(detail)}`)
  },
}

export async function openJobWorld(tariff: Tariff): Promise<JobWorld> {
  const database = await openTestDatabase()
  const place = await seedTenant(database)
  const { tenantId, siteId, stationId, driverId } = place
  const chance = seeded(11)
  const random = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(chance() * 256))
  const clock = manualClock(NOON)
  const tariffId = uuidv7<'Tariff'>(NOON, random) satisfies TariffId
  await database.inTenant(tenantId, async (tx) => {
    await sql`insert into voltway.tariff (tenant_id, id, name, definition, updated_at) values (${tenantId}, ${tariffId}, 'T', ${JSON.stringify(tariffToJson(tariff))}::jsonb, ${NOON})`.execute(
      tx,
    )
    await sql`update voltway.site set tariff_id = ${tariffId} where tenant_id = ${tenantId} and id = ${siteId}`.execute(tx)
    await sql`insert into voltway.id_token (tenant_id, id, token_hash, last_four, type, label, driver_id, created_at)
      values (${tenantId}, ${uuidv7(NOON, random)}, ${Buffer.from(hashIdToken('CARD0001', HMAC_KEY))}, '0001', 'rfid', 'Card', ${driverId}, ${NOON})`.execute(
      tx,
    )
  })
  const asked: StationIntent[] = []
  let answer: IntentOutcome = { accepted: true }
  const config = loadConfig({})
  if (!config.ok) throw new Error('the default configuration is not valid')
  const services: JobServices = {
    clock,
    random,
    log: quiet,
    db: database,
    config: config.value,
    metrics: createMetrics(),
    traces: NO_TRACES,
    secrets: { hmacKey: HMAC_KEY },
    live: { wake: () => {}, onWake: () => () => {}, watch: () => () => {}, close: () => {} },
    gateway: {
      call: async () => ({ outcome: 'offline' }),
      perform: async (_, intent) => {
        asked.push(intent)
        return answer
      },
      linkOf: async (target) => (target.stationId === stationId ? { version: 'ocpp1.6', epoch: 1, connectedAt: NOON } : undefined),
      linksOf: async () => (id) => id === stationId,
      disconnect: () => {},
    },
    network: clock,
    push: { publicKey: '', send: async () => {} },
    planner: inlinePlanner,
    remembered: createRememberedFacts(),
    pastDays: createRememberedDays(),
    siteLooks: new Map(),
  }
  const writer = createIngestWriter(database)
  return {
    services,
    database,
    place,
    clock,
    asked,
    answerWith: (outcome) => {
      answer = outcome
    },
    report: async (facts) => {
      await writer.write([{ tenantId, stationId, frame: undefined, facts }], [tenantId])
    },
    close: async () => {
      await writer.close()
      await database.close()
    },
  }
}

const nothing = {
  connector: 1,
  trigger: undefined,
  stopReason: undefined,
  reservationNumber: undefined,
  remoteStartNumber: undefined,
  offline: false,
} as const

/** A 1.6 start, its readings every ten minutes, and its stop, as the link hands them to ingest. */
export const started = (at: EpochMs, token = 'CARD0001', number = 1): StoredFact => ({
  ...nothing,
  kind: 'transaction.started',
  transactionId: `${number}`,
  naturalKey: `start:1:${token}:${at}:1000`,
  occurredAt: at,
  receivedAt: at,
  evse: 1,
  seqNo: undefined,
  chargingState: undefined,
  registerWh: wattHours(1_000),
  idTokenHash: hashIdToken(token, HMAC_KEY),
  idTokenLastFour: token.slice(-4),
  authorisation: 'accepted',
  number,
})
export const metered = (at: EpochMs, importWh: number, number = 1): StoredFact => ({
  kind: 'meter.sampled',
  evse: 1,
  connector: 1,
  transactionId: `${number}`,
  occurredAt: at,
  receivedAt: at,
  payloadHash: `${at}`,
  context: 'Sample.Periodic',
  importWh: wattHours(importWh),
  exportWh: undefined,
  powerW: watts(7_200),
  offeredW: undefined,
  currentA: undefined,
  voltageV: undefined,
  socPercent: undefined,
  other: undefined,
})
export const stopped = (at: EpochMs, importWh: number, number = 1): StoredFact => ({
  ...nothing,
  kind: 'transaction.ended',
  transactionId: `${number}`,
  naturalKey: 'stop',
  occurredAt: at,
  receivedAt: at,
  evse: 1,
  seqNo: undefined,
  chargingState: undefined,
  registerWh: wattHours(importWh),
  stopReason: 'driver',
})

/** What a station says beside a transaction, of neither its energy nor its state. */
const said = (at: EpochMs, number: number, told: Pick<TransactionReported, 'naturalKey' | 'fault' | 'plug' | 'vehicle'>): StoredFact => ({
  ...nothing,
  kind: 'transaction.updated',
  transactionId: `${number}`,
  occurredAt: at,
  receivedAt: at,
  evse: 1,
  seqNo: undefined,
  chargingState: undefined,
  registerWh: undefined,
  ...told,
})

/** What a station says of a fault at the connector. */
export const broke = (at: EpochMs, fault: string, number = 1): StoredFact => said(at, number, { naturalKey: `fault:${fault}:${at}`, fault })

/** What a station says of the lock of a plug. */
export const plugSaid = (at: EpochMs, plug: 'locked' | 'unlocked', number = 1): StoredFact =>
  said(at, number, { naturalKey: `plug:${plug}:${at}`, plug })

const NEEDS_NOTHING: VehicleNeeds = {
  transfer: 'AC_three_phase',
  departure: undefined,
  energy: undefined,
  maxPower: watts(11_000),
  minPower: undefined,
  soc: undefined,
  capacity: undefined,
}

/** What a car of 11 kW on three phases says over its cable that it needs. */
export const needsSaid = (at: EpochMs, needs: Partial<VehicleNeeds>, number = 1): StoredFact =>
  said(at, number, { naturalKey: `vehicle:needs:${at}`, vehicle: { word: 'needs', needs: { ...NEEDS_NOTHING, ...needs } } })

/** Runs a job until it has nothing left to do. */
export const runOut = async (
  world: JobWorld,
  job: { readonly run: (services: JobServices, tenantId: Id<'Tenant'>) => Promise<boolean> },
) => {
  for (let turns = 0; turns < 20; turns++) if (!(await job.run(world.services, world.place.tenantId))) return
  throw new Error('the job never came to an end')
}
