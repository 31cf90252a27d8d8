import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { credentialOf, makeIso20TestPki, makeTestPki } from '@voltway/pki'
import { DAY, epochMs } from '@voltway/units'
import type { CarIdentity, HighLevel } from '../cable/cable.ts'
import { createCar } from '../car.ts'
import { CAR_MODELS } from '../car-models.ts'
import { systemClock } from '../clock.ts'
import { objectOf } from '../json.ts'
import { scaledClock } from '../scaled-clock.ts'
import type { SimConnector } from '../station/snapshot.ts'
import type { StationOptions } from '../station/station.ts'
import { setUp } from './station-world.ts'
import type { TestServer, TestServerOptions } from './test-server.ts'

export const bytes = (length: number) => new Uint8Array(randomBytes(length))
const issuing = { now: epochMs(systemClock.now() - DAY), random: bytes, ocspUrl: null }
/** The certificates of both generations. */
export const PKI_2 = makeTestPki(issuing)
export const PKI_20 = makeIso20TestPki(issuing)

/** A station of both generations that believes contracts of both. */
export const SECURED: HighLevel = {
  trusted: false,
  tls: {
    credentials: { iso2: credentialOf(PKI_2.secc), iso20: credentialOf(PKI_20.secc) },
    clientRoots: [PKI_20.roots.oem.der],
  },
  contractRoots: [PKI_2.roots.mo.der, PKI_20.roots.mo.der],
  randomBytes: bytes,
}
/** A car of the older generation with a card. */
export const IDENTITY: CarIdentity = {
  evccId: Uint8Array.fromHex('020000000001'),
  roots: [PKI_2.roots.v2g.der, PKI_20.roots.v2g.der],
  paceMs: 30,
}

const RATE = 60
/** Networks keep real time: a session takes some seconds to come up, on a busy machine many. */
export const eventually = async (what: string, look: () => boolean) => {
  for (const until = systemClock.now() + 30_000; !look(); ) {
    if (systemClock.now() > until) throw new Error(`never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** A station that talks with its cars over the loopback, in a world that runs sixty times as fast. */
export const talking = (t: TestContext, options: Partial<StationOptions>, server: Partial<TestServerOptions> = {}) =>
  setUp(t, { version: 'ocpp2.0.1', clock: scaledClock({ base: systemClock, rate: RATE }), ...options }, server)

/** A hatchback, which can give back. */
export const car = (identity: CarIdentity, socPercent = 40, targetPercent = 100) =>
  createCar(CAR_MODELS[1]!, { socPercent, targetPercent, identity })

export const names = ({ dialogue }: SimConnector): readonly string[] => (dialogue?.messages ?? []).map(({ message }) => message)

/** A server that takes what a car needs and what it chose. */
export const heedsCars = (({ action }) =>
  action === 'NotifyEVChargingNeeds' || action === 'NotifyEVChargingSchedule'
    ? { status: 'Accepted' }
    : undefined) satisfies TestServerOptions['answer']

interface Plan {
  readonly limit: number
  readonly kind?: 'Absolute' | 'Relative'
  /** In seconds from its start: nothing before and after that. */
  readonly only?: { readonly from: number; readonly until: number }
  /** In seconds from its start: another limit for a while. */
  readonly but?: { readonly from: number; readonly until: number; readonly limit: number }
  readonly startSchedule?: string
  readonly salesTariff?: object
}

/** Sends the server's plan for the first transaction: so many W all the time or for a while, with prices where told. */
export const sendPlan = async (csms: TestServer, { limit, kind = 'Relative', only, but, ...more }: Plan) => {
  const transactionId = String(objectOf(csms.of('TransactionEvent')[0]?.transactionInfo).transactionId)
  const allTheTime = [
    { startPeriod: 0, limit },
    ...(but
      ? [
          { startPeriod: but.from, limit: but.limit },
          { startPeriod: but.until, limit },
        ]
      : []),
  ]
  const forAWhile = only && [
    { startPeriod: 0, limit: 0 },
    { startPeriod: only.from, limit },
    { startPeriod: only.until, limit: 0 },
  ]
  const chargingSchedulePeriod = forAWhile ?? allTheTime
  const chargingSchedule = [{ id: 1, chargingRateUnit: 'W', chargingSchedulePeriod, ...more }]
  const chargingProfile = {
    id: 7,
    stackLevel: 1,
    chargingProfilePurpose: 'TxProfile',
    chargingProfileKind: kind,
    chargingSchedule,
    transactionId,
  }
  await csms.send('CS-1', 'SetChargingProfile', { evseId: 1, chargingProfile })
}
