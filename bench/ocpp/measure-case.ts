import { setTimeout as wait } from 'node:timers/promises'
import type { OcppVersion } from '@voltway/wire/ocpp'
import type { Child } from './child.ts'
import type { EchoCalls } from './echo-process.ts'
import type { LoadCalls, Round } from './load-process.ts'
import { cpuSeconds, familySeconds } from './processes.ts'
import type { Rows } from './rows.ts'
import type { SeededPlace } from './seed.ts'
import type { ServerCalls } from './server-process.ts'
import { median } from './statistics.ts'

export interface Parties {
  readonly server: Child<ServerCalls>
  readonly echo: Child<EchoCalls>
  readonly load: Child<LoadCalls>
  readonly rows: Rows
  readonly place: SeededPlace
}

/** Of each party; undefined where the system does not tell. */
export interface Spent {
  readonly server: number | undefined
  readonly database: number | undefined
  /** The part of `database` that writes what stations say; the rest is projections, bills, statistics and cleaning. */
  readonly ingest: number | undefined
  readonly load: number | undefined
}

export interface CasePlan {
  readonly version: OcppVersion
  readonly links: number
  /** CALLs on each link in a round. */
  readonly calls: number
  readonly rounds: number
  /** Once so long has gone by, three rounds are enough. */
  readonly seconds: number
  /** Which of the place's stations: those before are other cases'. */
  readonly firstStation: number
  /** Where the profile of the server's first measured round goes, if anywhere. */
  readonly profile?: string | undefined
}

/** Medians over the rounds of one arm; CPU in seconds a second, summed over the rounds. */
export interface Arm {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly cores: Spent
}

export interface CaseResult {
  readonly frameBytes: number
  readonly rounds: number
  readonly platform: Arm
  readonly echo: Arm
  readonly acknowledged: number
  /** What is in the database afterwards; each must be `acknowledged`. */
  readonly found: Readonly<Record<string, number>>
  readonly refusal: string | undefined
  /** How busy the server's event loop was, 0 to 1. */
  readonly busy: number
  readonly projectorBehind: number
}

const minus = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a - b)
const plus = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a + b)

interface Measured {
  readonly round: Round
  readonly spent: Spent
}

const measureRound = async ({ load, rows }: Parties, arm: 'echo' | 'platform', serverProcess: number): Promise<Measured> => {
  const writers = arm === 'platform' ? await rows.ingestProcesses() : []
  const look = (): Spent => ({
    server: cpuSeconds(serverProcess),
    database: arm === 'platform' && rows.serverProcess !== undefined ? familySeconds(rows.serverProcess) : undefined,
    ingest: writers.length === 0 ? undefined : writers.map(cpuSeconds).reduce(plus, 0),
    load: cpuSeconds(load.pid),
  })
  const before = look()
  const round = await load.call('round', arm)
  const after = look()
  const spent = {
    server: minus(after.server, before.server),
    database: minus(after.database, before.database),
    ingest: minus(after.ingest, before.ingest),
    load: minus(after.load, before.load),
  }
  return { round, spent }
}

const FEWEST_ROUNDS = 3

const armOf = (measured: readonly Measured[]): Arm => {
  const seconds = measured.reduce((sum, { round }) => sum + round.seconds, 0)
  const cores = (pick: (spent: Spent) => number | undefined) => {
    const total = measured.map(({ spent }) => pick(spent)).reduce(plus, 0)
    return total === undefined ? undefined : total / seconds
  }
  return {
    perSecond: median(measured.map(({ round }) => round.acknowledged / round.seconds)),
    p50: median(measured.map(({ round }) => round.p50)),
    p99: median(measured.map(({ round }) => round.p99)),
    cores: {
      server: cores(({ server }) => server),
      database: cores(({ database }) => database),
      ingest: cores(({ ingest }) => ingest),
      load: cores(({ load }) => load),
    },
  }
}

/** What must be in the database for each acknowledged frame, by version: one row of each. */
const foundRows = (version: OcppVersion, before: Awaited<ReturnType<Rows['count']>>, after: Awaited<ReturnType<Rows['count']>>) => ({
  'meter values': after.meterValues - before.meterValues,
  ...(version !== 'ocpp1.6' && { 'transaction steps': after.transactionSteps - before.transactionSteps }),
  'raw frames': after.frames - before.frames,
})

/** How long a server may take until it has asked the stations what they can do, and how often it is looked at meanwhile. */
const [LONGEST_SETTLE_MS, LOOK_EVERY_MS] = [20_000, 500]
/** From a boot on a server waits so long before it asks. */
const FIRST_LOOK_MS = 2_500
/** A server is over it when its event loop was busy for less than this share of the time, at two looks in a row. */
const QUIET = 0.1

/** What follows a boot happens once in the life of a link: the rounds begin when it is over. */
const settle = async (server: Parties['server']) => {
  await wait(FIRST_LOOK_MS)
  await server.call('busy', undefined)
  for (let waited = FIRST_LOOK_MS, quiet = 0; quiet < 2 && waited < LONGEST_SETTLE_MS; waited += LOOK_EVERY_MS) {
    await wait(LOOK_EVERY_MS)
    quiet = (await server.call('busy', undefined)) < QUIET ? quiet + 1 : 0
  }
}

/**
 * One case: rounds of the same frames against the platform and the bare echo, in turns. The platform stands still (SIGSTOP) while
 * the echo is measured: what it still has to do afterwards must not make its peer look slow.
 */
export const measureCase = async (parties: Parties, plan: CasePlan): Promise<CaseResult> => {
  const { server, echo, load, rows, place } = parties
  const { version, links, calls, rounds, seconds, firstStation, profile } = plan
  const began = performance.now()
  const isOver = (done: number) => done >= rounds || (done >= FEWEST_ROUNDS && performance.now() - began > seconds * 1000)
  const stations = place.stations.slice(firstStation, firstStation + links)
  const [{ url }, { url: echoUrl }] = await Promise.all([server.call('address', undefined), echo.call('address', undefined)])
  await load.call('connect', { name: 'platform', version, url, stations, boots: true })
  await load.call('connect', { name: 'echo', version, url: echoUrl, stations, boots: false })
  // Transactions have been under way for as long as the samples need that are going to be sent.
  await load.call('begin', { name: 'platform', card: place.card, secondsAgo: calls * (rounds + 1) + 60 })

  await settle(server)
  const measured: { readonly echo: Measured[]; readonly platform: Measured[] } = { echo: [], platform: [] }
  const before = await rows.count()
  let [acknowledged, frameBytes, busy] = [0, 0, 0]
  let refusal: string | undefined
  // Round 0 warms both up and counts only for the rows.
  for (let round = 0; round === 0 || !isOver(round - 1); round++) {
    frameBytes = (await load.call('prepare', { name: 'platform', count: round === 0 ? Math.ceil(calls / 4) : calls })).bytes
    server.signal('SIGSTOP')
    const bare = await measureRound(parties, 'echo', echo.pid).finally(() => server.signal('SIGCONT'))
    await server.call('busy', undefined)
    const profiled = round === 1 ? profile : undefined
    if (profiled !== undefined) await server.call('startProfile', undefined)
    const ours = await measureRound(parties, 'platform', server.pid)
    if (profiled !== undefined) await server.call('stopProfile', profiled)
    const busyNow = await server.call('busy', undefined)
    acknowledged += ours.round.acknowledged
    refusal ??= ours.round.refusal ?? bare.round.refusal
    if (round === 0) continue
    busy += busyNow
    measured.echo.push(bare)
    measured.platform.push(ours)
  }
  const projectorBehind = await rows.projectorBehind()
  const found = foundRows(version, before, await rows.count())
  await load.call('disconnect', 'echo')
  await load.call('disconnect', 'platform')
  const done = measured.platform.length
  return {
    frameBytes,
    rounds: done,
    platform: armOf(measured.platform),
    echo: armOf(measured.echo),
    acknowledged,
    found,
    refusal,
    busy: busy / done,
    projectorBehind,
  }
}
