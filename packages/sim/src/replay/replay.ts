import { type Clock, type EpochMs, milliseconds, seeded } from '@voltway/units'
import type { OcppVersion } from '@voltway/wire/ocpp'
import { systemClock } from '../clock.ts'
import type { Connect } from '../link/socket.ts'
import { reach, type SimClock } from '../sim-clock.ts'
import { type Station, startStation } from '../station/station.ts'
import { virtualClock } from '../virtual-clock.ts'
import { recordedVehicle } from './recorded-vehicle.ts'
import type { RecordedSession } from './recording.ts'
import { type PlannedSession, type PlannedStation, planReplay, type ReplayPlan } from './replay-plan.ts'

export interface Provisioned {
  /** The server's OCPP URL without the identity; `url` of the options where left out. */
  readonly url?: string
  /** By identity; a station without one connects without authentication. */
  readonly passwords: Readonly<Record<string, string>>
}
export interface ReplayOptions {
  readonly sessions: readonly RecordedSession[]
  readonly url?: string
  /** What all stations speak, or each of them. */
  readonly version?: OcppVersion | ((station: PlannedStation) => OcppVersion)
  /** Simulated seconds per real one, or as fast as the links acknowledge. */
  readonly speed: number | 'max'
  /**
   * Makes stations and cards on the server. The clock stands at `plan.startAt` until it has answered; a server in this process
   * can read it (`readingTimeOf`), another one is started with `{ startAt: plan.startAt, rate: speed }`.
   */
  readonly provision: (plan: ReplayPlan, clock: SimClock) => Promise<Provisioned>
  readonly progress?: (progress: ReplayProgress) => void
  readonly seed?: number
  /** Between two meter values of a session, in recorded time; a quarter of an hour where left out. */
  readonly meterIntervalSeconds?: number
  /** Real time after which stations that cannot connect fail the replay. */
  readonly connectTimeoutMs?: number
  readonly network?: Clock
  readonly connect?: Connect
}
export interface ReplayProgress {
  readonly played: number
  readonly total: number
  /** Recorded time reached. */
  readonly at: EpochMs
}
/** What was put on the wire for one recorded session: what its receipt has to say. */
export interface PlayedSession {
  readonly sessionId: string
  readonly identity: string
  readonly idToken: string
  /** As the station knows it: the 1.6 number as text, or the 2.x id. */
  readonly transactionId: string | undefined
  readonly startedAt: EpochMs
  readonly endedAt: EpochMs
  readonly meterStartWh: number
  readonly meterStopWh: number
  readonly energyWh: number
  /** 'played' when every message of the session was acknowledged; otherwise what the station's screen said. */
  readonly outcome: 'played' | 'notAcknowledged' | 'refused'
  readonly refusal?: string
}
export interface ReplayReport {
  readonly plan: ReplayPlan
  /** In order of arrival. */
  readonly sessions: readonly PlayedSession[]
  readonly realMs: number
}

const EVSE = 1

/** Plays recorded sessions through real OCPP links, each with its own times and energy, at any speed. */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const { network = systemClock, seed = 1 } = options
  const plan = planReplay(options.sessions)
  const clock = virtualClock({ startAt: plan.startAt, rate: options.speed, base: network })
  const release = clock.hold()
  const provisioned = await options.provision(plan, clock)
  const url = provisioned.url ?? options.url
  if (url === undefined) throw new Error('replay needs the url of the server, from its options or from provision')
  const random = seeded(seed)
  const began = network.now()
  const stations = new Map(
    plan.stations.map((planned) => {
      const { identity, template } = planned
      const password = provisioned.passwords[identity]
      const own = {
        url,
        identity,
        template,
        clock,
        network,
        version: versionOf(planned, options),
        ...(password !== undefined && { password }),
        ...(options.connect && { connect: options.connect }),
      }
      return [identity, startReplayStation(own, { options, seed: Math.floor(random() * 2 ** 32) })] as const
    }),
  )
  try {
    await allReady(stations, network, options.connectTimeoutMs ?? 60_000)
    clock.setRate(clock.rate()) // pacing counts from here
    release()
    const sessions = await playAll({ plan, stations, clock, progress: options.progress ?? (() => {}) })
    await drained(stations, network)
    return { plan, sessions: sessions.map((one) => settled(one, stations)), realMs: network.now() - began }
  } finally {
    for (const station of stations.values()) station.close()
  }
}

type Basics = Pick<
  Parameters<typeof startStation>[0],
  'url' | 'identity' | 'template' | 'clock' | 'network' | 'version' | 'password' | 'connect'
>

const versionOf = (station: PlannedStation, { version = 'ocpp1.6' }: ReplayOptions) =>
  typeof version === 'function' ? version(station) : version

function startReplayStation(basics: Basics, { options, seed }: { readonly options: ReplayOptions; readonly seed: number }): Station {
  let resume: (() => void) | undefined = basics.clock.hold()
  return startStation({
    ...basics,
    random: seeded(seed),
    backoff: { firstMs: 200, longestMs: 5_000 },
    settings: { heartbeatSeconds: '0', meterIntervalSeconds: String(options.meterIntervalSeconds ?? 900), offlineUnknown: 'true' },
    // Recorded time waits for a link that is down: the recording knows of no outage.
    onEvent: (event) => {
      if (event.type !== 'link') return
      if (event.state !== 'connected') resume ??= basics.clock.hold()
      else {
        resume?.()
        resume = undefined
      }
    },
  })
}

interface Stage {
  readonly plan: ReplayPlan
  readonly stations: ReadonlyMap<string, Station>
  readonly clock: SimClock
  readonly progress: (progress: ReplayProgress) => void
}

async function playAll({ plan, stations, clock, progress }: Stage): Promise<readonly PlayedSession[]> {
  const played = new Map<PlannedSession, PlayedSession>()
  const lanes = Map.groupBy(plan.sessions, ({ identity }) => identity)
  const playLane = async (sessions: readonly PlannedSession[]): Promise<void> => {
    for (const planned of sessions) {
      played.set(planned, await playSession(stations.get(planned.identity)!, planned, clock))
      progress({ played: played.size, total: plan.sessions.length, at: clock.now() })
    }
  }
  await Promise.all([...lanes.values()].map(playLane))
  return plan.sessions.map((planned) => played.get(planned)!)
}

async function playSession(station: Station, { session, identity, idToken }: PlannedSession, clock: SimClock): Promise<PlayedSession> {
  await reach(clock, session.arrival)
  station.plug(EVSE, recordedVehicle(session))
  const meterStartWh = station.registers(EVSE).importWh
  const startedAt = clock.now()
  const card = await station.card(EVSE, idToken)
  await reach(clock, session.departure)
  const transactionId = station.view().connectors[0]?.transaction?.id
  station.stop(EVSE)
  station.unplug(EVSE)
  const meterStopWh = station.registers(EVSE).importWh
  return {
    sessionId: session.id,
    identity,
    idToken,
    transactionId,
    startedAt,
    endedAt: clock.now(),
    meterStartWh,
    meterStopWh,
    energyWh: meterStopWh - meterStartWh,
    outcome: card.ok && transactionId !== undefined ? 'played' : 'refused',
    ...(!card.ok && { refusal: card.text }),
  }
}

const settled = (session: PlayedSession, stations: ReadonlyMap<string, Station>): PlayedSession =>
  session.outcome === 'played' && stations.get(session.identity)!.backlog() > 0 ? { ...session, outcome: 'notAcknowledged' } : session

const LOOK_MS = 20
const DRAIN_TIMEOUT_MS = 60_000

async function allReady(stations: ReadonlyMap<string, Station>, network: Clock, timeoutMs: number): Promise<void> {
  const waiting = () => [...stations.values()].filter((station) => station.linkState() !== 'connected' || station.backlog() > 0)
  if (await becomes(() => waiting().length === 0, network, timeoutMs)) return
  const names = waiting().map(({ identity, linkState }) => `${identity} (${linkState()})`)
  throw new Error(
    `These stations did not connect within ${timeoutMs / 1000} s: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', ...' : ''}`,
  )
}
const drained = (stations: ReadonlyMap<string, Station>, network: Clock) =>
  becomes(() => [...stations.values()].every((station) => station.backlog() === 0), network, DRAIN_TIMEOUT_MS)

async function becomes(condition: () => boolean, network: Clock, timeoutMs: number): Promise<boolean> {
  for (const deadline = network.now() + timeoutMs; network.now() < deadline; ) {
    if (condition()) return true
    await new Promise<void>((resolve) => {
      network.after(milliseconds(LOOK_MS), resolve)
    })
  }
  return condition()
}
