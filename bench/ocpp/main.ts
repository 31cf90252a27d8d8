import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { OcppVersion } from '@voltway/wire/ocpp'
import { type Child, startChild } from './child.ts'
import { createBenchDatabase, type DatabaseKind } from './databases.ts'
import type { EchoCalls } from './echo-process.ts'
import type { LoadCalls } from './load-process.ts'
import { type CaseResult, measureCase, type Parties } from './measure-case.ts'
import { measureIdle } from './measure-idle.ts'
import { caseLine, caseText, flatText, idleLine, idleText, type Line, rowsAgree } from './report.ts'
import { openRows } from './rows.ts'
import type { ServerCalls } from './server-process.ts'

const HELP = `npm run bench:ocpp -- [options]
  --links N       stations, with one CALL in flight each (200)
  --calls N       CALLs of each in a round (60)
  --rounds N      rounds of each arm; the median counts (5)
  --rows N        meter values put in before the last 1.6 case (1000000; 0 leaves it out; 10000000 shows flatness to the full)
  --idle N        idle links (2000; 0 leaves the case out)
  --only DB       embedded or postgres
  --profile DIR   writes a CPU profile of the server's first measured round of each case there
  --json          one object a line
BENCH_DATABASE_URL names a PostgreSQL server, by a role that may create databases; without it its cases are absent.`

const { values: options } = parseArgs({
  options: {
    links: { type: 'string', default: '200' },
    calls: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '5' },
    rows: { type: 'string', default: '1000000' },
    idle: { type: 'string', default: '2000' },
    only: { type: 'string' },
    profile: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (options.help) {
  console.log(HELP)
  process.exit()
}
const numberOf = (name: 'links' | 'calls' | 'rounds' | 'rows' | 'idle', least: number) => {
  const value = Number(options[name])
  if (Number.isInteger(value) && value >= least) return value
  console.error(`--${name} must be a whole number from ${least}.\n\n${HELP}`)
  process.exit(2)
}
const [links, calls, rounds, prefill, idle] = [
  numberOf('links', 1),
  numberOf('calls', 1),
  numberOf('rounds', 1),
  numberOf('rows', 0),
  numberOf('idle', 0),
]
const postgresUrl = process.env.BENCH_DATABASE_URL || undefined

let failed = false
const say = (text: string) => options.json || console.log(text)
const put = (line: Line | undefined) => options.json && line && console.log(JSON.stringify(line))

const show = (name: string, result: CaseResult) => {
  say(caseText(name, result))
  put(caseLine(name, result))
  if (rowsAgree(result)) return
  failed = true
  if (options.json) console.error(caseText(name, result))
}

const startServer = (database: { readonly dataDirectory: string; readonly url: string | undefined }): Promise<Child<ServerCalls>> =>
  startChild(new URL('server-process.ts', import.meta.url), {
    arguments: [database.dataDirectory, ...(database.url === undefined ? [] : [database.url])],
    quiet: true,
    nodeArguments: ['--expose-gc'],
  })
const startEcho = (): Promise<Child<EchoCalls>> =>
  startChild(new URL('echo-process.ts', import.meta.url), { nodeArguments: ['--expose-gc'] })
const startLoad = (): Promise<Child<LoadCalls>> => startChild(new URL('load-process.ts', import.meta.url))

const CASES: readonly (readonly [name: string, version: OcppVersion])[] = [
  ['facts-1.6', 'ocpp1.6'],
  ['facts-2.0.1', 'ocpp2.0.1'],
]

/** A slow or busy machine gets fewer rounds, so that the whole run stays under five minutes. */
const plan = { links, calls, rounds, seconds: 20 }

const profileOf = (name: string) => {
  if (options.profile === undefined) return undefined
  mkdirSync(options.profile, { recursive: true })
  return join(options.profile, `${name}.cpuprofile`)
}

const measureFacts = async (parties: Parties, kind: DatabaseKind) => {
  const { rows } = parties
  const results: CaseResult[] = []
  for (const [index, [name, version]] of CASES.entries()) {
    const result = await measureCase(parties, { ...plan, version, firstStation: index * links, profile: profileOf(`${name}-${kind}`) })
    results.push(result)
    show(`${name}-${kind}`, result)
  }
  if (prefill === 0) return
  const began = performance.now()
  await rows.prefill(prefill)
  say(`\n  (${prefill.toLocaleString('en-GB')} meter values put in, in ${((performance.now() - began) / 1000).toFixed(0)} s)`)
  const name = `facts-1.6-${kind}-${prefill}-rows`
  const full = await measureCase(parties, { ...plan, version: 'ocpp1.6', firstStation: CASES.length * links, profile: profileOf(name) })
  show(name, full)
  say(flatText(results[0]!, full, prefill))
}

const measureOn = async (kind: DatabaseKind) => {
  const database = await createBenchDatabase(kind, postgresUrl)
  try {
    const [server, echo, load] = await Promise.all([startServer(database), startEcho(), startLoad()])
    const place = await server.call('seed', { name: 'Bench', stations: (CASES.length + 1) * links })
    const { connectionString } = await server.call('address', undefined)
    const rows = await openRows(connectionString, place.tenantId)
    say(`\n${kind}: PostgreSQL ${rows.version}, ${rows.durability}`)
    await measureFacts({ server, echo, load, rows, place }, kind)
    await rows.close()
    await Promise.all([load.stop(), echo.stop(), server.stop()])
  } finally {
    await database.remove()
  }
}

const measureIdleLinks = async () => {
  const database = await createBenchDatabase('embedded', undefined)
  try {
    const [server, echo, load] = await Promise.all([startServer(database), startEcho(), startLoad()])
    const { stations } = await server.call('seed', { name: 'Idle', stations: idle + 50 })
    const cost = await measureIdle({ server, echo, load }, stations)
    say(idleText(cost))
    put(idleLine(cost))
    await Promise.all([load.stop(), echo.stop(), server.stop()])
  } finally {
    await database.remove()
  }
}

say(
  `Acknowledged-after-commit facts: ${links} links, one CALL in flight each, ${rounds} rounds of ${(links * calls).toLocaleString('en-GB')} frames in each arm, ${availableParallelism()} cores`,
)
if (options.only !== 'postgres') await measureOn('embedded')
if (options.only !== 'embedded') {
  if (postgresUrl !== undefined) await measureOn('postgres')
  else {
    const absent = 'facts-1.6-postgres and facts-2.0.1-postgres are absent: BENCH_DATABASE_URL names no PostgreSQL server'
    if (options.json) console.error(absent)
    else say(`\n${absent}`)
  }
}
if (idle > 0) await measureIdleLinks()
if (failed) console.error('\nWhat is in the database is not what was acknowledged.')
process.exitCode = failed ? 1 : 0
