import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Config, createLog, type RunningServer, type Seeded, seedTenant, startServer, systemClock } from '@voltway/app'
import { type Fleet, loadTemplate, systemClock as networkClock, scaledClock, startFleet } from '@voltway/sim'
import { seeded } from '@voltway/units'
import { writeTestPki } from '../pki/write-test-pki.ts'
import { CITY } from './city.ts'
import { type DemoCertificates, drawCertificates, giveContract } from './demo-certificates.ts'
import { type DemoCredentials, drawCredentials } from './demo-credentials.ts'
import { demoPlan } from './demo-plan.ts'
import { freePort } from './free-port.ts'
import { pastSessions } from './past-sessions.ts'
import { VISITOR } from './people.ts'
import { stationTariff } from './station-tariff.ts'
import { DEMO_TARIFFS } from './tariffs.ts'
import type { ThrowAwayDatabase } from './throw-away-database.ts'
import { drawTown } from './town.ts'
import { untilKnown } from './until-known.ts'

export interface Demo extends DemoCredentials {
  readonly url: string
  readonly apiKey: string
  readonly close: () => Promise<void>
}
export interface DemoOptions {
  readonly config: Config
  readonly database: ThrowAwayDatabase
  readonly webRoots: { readonly driver: string; readonly console: string; readonly simulator: string }
  /** A line about the work, with the seconds it took. */
  readonly progress: (step: string, milliseconds: number) => void
}

const placeOf = new Map(CITY.flatMap(({ stations, tariff }) => stations.map((station) => [station.identity, { station, tariff }] as const)))

/** Cars of the townspeople that speak ISO 15118 at once: a session of messages each, five times a second. */
const TALKERS = 2

const LEFT_TO_VISITORS = CITY.flatMap(({ stations }) => stations)
  .filter(({ leftToVisitors }) => leftToVisitors)
  .flatMap(({ identity, template }) => loadTemplate(template).evses.map(({ number }) => ({ identity, evse: number })))

/** On alternating current: it charges sooner than one whose station tests the insulation first. */
const FIRST_AT = { identity: 'LB-HOME-01', evse: 1 }

interface StationParts {
  readonly cards: readonly string[]
  readonly control: { readonly port: number; readonly token: string }
  readonly certificates: DemoCertificates
  /** The platform knows the contract that cars may show. */
  readonly contract: Promise<unknown>
}

const startStations = (server: RunningServer, made: Seeded, { cards, control, certificates, contract }: StationParts): Promise<Fleet> =>
  startFleet({
    url: `${server.url.replace(/^http/, 'ws')}/ocpp`,
    stations: made.stations.flatMap(({ identity, password }) => {
      const place = placeOf.get(identity)
      if (!place) return []
      const { station, tariff } = place
      const speaking = { ...certificates.highLevel, tariff: stationTariff(DEMO_TARIFFS[tariff]) }
      // OCPP 1.6 has no words for contracts; its stations know cars by the control pilot alone.
      const highLevel = station.version === 'ocpp1.6' ? undefined : speaking
      return [{ identity, password, template: station.template, version: station.version, highLevel }]
    }),
    clock: scaledClock({ base: networkClock, rate: 1 }),
    random: seeded(randomBytes(4).readUInt32LE()),
    control,
    cars: certificates.cars,
    settings: { meterIntervalSeconds: '15' },
    life: {
      seed: randomBytes(4).readUInt32LE(),
      cards,
      meanGapMinutes: 20,
      busyAtStart: 0.45,
      firstAt: FIRST_AT,
      othersAfter: contract,
      talkersAtOnce: TALKERS,
      stayMinutes: { least: 12, most: 150 },
      except: LEFT_TO_VISITORS,
    },
  })

const statusesAt = async (url: string): Promise<readonly string[]> => {
  const answer = await fetch(`${url}/api/v1/public/sites`)
  const { items } = (await answer.json()) as { readonly items: readonly { readonly evses: readonly { readonly status: string }[] }[] }
  return items.flatMap(({ evses }) => evses.map(({ status }) => status))
}

/** The platform with a throw-away database and a town in which cars are charging. */
export async function runDemo({ config, database, webRoots, progress }: DemoOptions): Promise<Demo> {
  const { folder } = database
  const closing: (() => Promise<unknown>)[] = [database.close]
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end()
  }
  const timed = async <Value>(step: string, work: () => Promise<Value>): Promise<Value> => {
    const began = systemClock.now()
    const value = await work()
    progress(step, systemClock.now() - began)
    return value
  }
  try {
    const credentials = drawCredentials()
    const control = { port: await freePort(), token: randomBytes(24).toString('base64url') }
    const log = createLog({ level: config.logLevel, clock: systemClock, write: (line) => process.stderr.write(line) })
    const simulator = { url: `http://127.0.0.1:${control.port}`, token: control.token }
    const certificates = drawCertificates()
    const contractsDirectory = join(folder, 'contracts')
    await writeTestPki(contractsDirectory, certificates.authority)
    const server = await timed('platform and database started', () =>
      startServer({
        config: { ...config, dataDirectory: folder, contractsDirectory },
        database: database.opened,
        webRoots,
        log,
        simulator,
        town: drawTown(),
      }),
    )
    closing.push(() => server.close())
    const { plan, cards } = demoPlan(credentials)
    const made = await timed(
      `${plan.sites.length} sites, ${plan.sites.flatMap(({ stations }) => stations).length} stations, ${plan.drivers.length} drivers seeded`,
      () => seedTenant(server.services, plan),
    )
    const apiKey = made.apiKeys[0]?.key ?? ''
    const driverId = made.drivers.find(({ name }) => name === VISITOR.name)?.id ?? ''
    await timed('stations connected, the first car charging', async () => {
      const contract = giveContract(certificates, { url: server.url, apiKey, driverId })
      // It is waited for below; what fails before that ends the start all the same.
      contract.catch(() => undefined)
      const fleet = await startStations(server, made, { cards, control, certificates, contract })
      closing.push(() => fleet.close())
      await Promise.all([contract, untilKnown({ statuses: () => statusesAt(server.url), clock: networkClock })])
    })
    // What is over can wait for who charges now: sessions and receipts of the week behind appear while the town is looked at.
    const past = timed('a week of charging behind them', () => pastSessions(server.services, made, cards))
    past.catch((error: unknown) => log.error('the week behind could not be written', { error: String(error) }))
    closing.push(() => past.catch(() => undefined))
    return { ...credentials, url: server.url, apiKey, close }
  } catch (error) {
    await close()
    throw error
  }
}
