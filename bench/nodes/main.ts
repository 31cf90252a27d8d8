// npm run bench:nodes: what a command costs when it is asked of the node that holds the link, and of another one.
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '@voltway/store'
import { bootedLink } from '../../e2e/nodes/bare-link.ts'
import type { NodeCalls } from '../../e2e/nodes/node-process.ts'
import { townOf } from '../../e2e/nodes/town.ts'
import { type Child, spawnChild } from '../ocpp/child.ts'
import { quantile } from '../ocpp/statistics.ts'
import { temporaryDirectory } from '../ocpp/temporary-directory.ts'

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '400' } } })
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error('npm run bench:nodes -- [--rounds N] [--json]: N is a whole number from 1')
  process.exit(2)
}

const dataDirectory = temporaryDirectory('voltway-bench-nodes-')
const postgres = await startEmbeddedPostgres({ dataDirectory })
const secret = randomBytes(24).toString('hex')
const children: Child<NodeCalls>[] = []

const start = async (name: string) => {
  const env = {
    DATABASE_URL: postgres.connectionString,
    VOLTWAY_DATA_DIRECTORY: dataDirectory,
    VOLTWAY_SECRET: secret,
    VOLTWAY_NODE_NAME: name,
    VOLTWAY_REQUESTS_PER_MINUTE: '1000000',
  }
  const child = spawnChild<NodeCalls>(new URL('../../e2e/nodes/node-process.ts', import.meta.url), { env, quiet: true })
  children.push(child)
  await child.ready
  return { child, port: await child.call('port', undefined) }
}

/** Milliseconds that each command took: one after the other, turn about, so that both see the same machine. */
const measure = async (ports: readonly [number, number], url: string, key: string) => {
  const taken: readonly [number[], number[]] = [[], []]
  for (let round = -20; round < rounds; round++)
    for (const which of [0, 1] as const) {
      const began = performance.now()
      const response = await fetch(`http://127.0.0.1:${ports[which]}/api/v1${url}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: '{"type":"Soft"}',
      })
      if (response.status !== 200) throw new Error(`a command was answered with ${response.status}: ${await response.text()}`)
      await response.text()
      if (round >= 0) taken[which].push(performance.now() - began)
    }
  return taken
}

try {
  const holder = await start('holder')
  const other = await start('other')
  const made = await holder.child.call('seed', townOf(['bench']))
  const [station] = made.stations
  const link = await bootedLink(holder.port, station!)
  const url = `/stations/${station!.id}/commands/Reset`
  const [here, there] = await measure([holder.port, other.port], url, made.apiKeys[0]!.key)
  link.socket.terminate()
  const cases = [
    ['command-p50', 0.5],
    ['command-p99', 0.99],
  ] as const
  if (!values.json)
    console.log(
      `${rounds} commands each way, ms from the API's request to its answer\n\n${'case'.padEnd(16)}${'other node'.padStart(12)}${'holding node'.padStart(14)}${'ratio'.padStart(8)}`,
    )
  for (const [name, part] of cases) {
    const [value, baseline] = [quantile(there, part), quantile(here, part)]
    const line = { bench: 'nodes', case: name, value, unit: 'ms', baseline, ratio: value / baseline }
    if (values.json) console.log(JSON.stringify(line))
    else
      console.log(
        `${name.padEnd(16)}${value.toFixed(2).padStart(12)}${baseline.toFixed(2).padStart(14)}${line.ratio.toFixed(2).padStart(8)}`,
      )
  }
} finally {
  for (const child of children) await child.stop()
  await postgres.stop()
  rmSync(dataDirectory, { recursive: true, force: true })
}
