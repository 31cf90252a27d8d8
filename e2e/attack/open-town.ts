import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Seeded } from '@voltway/app'
import { type Child, startChild } from '../../bench/ocpp/child.ts'
import { type Answer, type Ask, ask } from './ask.ts'
import type { AttackedCalls } from './attacked-process.ts'
import { type LinkWish, openLink, type StationLink } from './station-link.ts'
import { PASSWORD, type TownWish } from './town-plan.ts'

type Row = Readonly<Record<string, unknown>>

/** A running server with two organisations, seen from outside. */
export interface Town {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly one: Seeded
  readonly two: Seeded
  readonly key: string
  readonly otherKey: string
  readonly child: Child<AttackedCalls>
  readonly ask: (method: string, path: string, wish?: Ask) => Promise<Answer>
  readonly signIn: (email: string) => Promise<string>
  readonly link: (identity: string, wish?: Omit<LinkWish, 'port' | 'identity'>) => Promise<StationLink>
  readonly passwordOf: (identity: string) => string
  /** What a query of the first organisation gives. */
  readonly rows: (query: string) => Promise<readonly Row[]>
  /** Asks until it holds, at most `seconds`. */
  readonly eventually: (what: string, holds: () => Promise<boolean>, seconds?: number) => Promise<void>
  readonly log: () => readonly Row[]
  /** The process lives, nothing of its prototypes was touched, and no error was logged but those named. */
  readonly isWell: (forgiven?: RegExp) => Promise<void>
  readonly close: () => Promise<void>
}

export interface TownOptions {
  readonly port: number
  readonly stations: readonly string[]
  readonly racers?: number
  /** Serve the built web apps too. */
  readonly pages?: boolean
}

const PACKAGES = resolve(import.meta.dirname, '..', '..', 'packages', 'web')

/** Starts a server in a process of its own, on an embedded database that is thrown away. */
export const openTown = async ({ port, stations, racers = 0, pages = false }: TownOptions): Promise<Town> => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'voltway-attack-'))
  const child = await startChild<AttackedCalls>(new URL('attacked-process.ts', import.meta.url), {
    arguments: [dataDirectory, String(port), ...(pages ? [PACKAGES] : [])],
    nodeArguments: ['--expose-gc'],
    quiet: true,
  })
  const seed = (wish: TownWish) => child.call('seed', wish)
  const one = await seed({ name: 'one', stations, racers })
  const two = await seed({ name: 'two', stations: ['X-1'] })
  const { url, logFile } = await child.call('address', undefined)
  const passwords = new Map([...one.stations, ...two.stations].map(({ identity, password }) => [identity, password]))
  const passwordOf = (identity: string) => passwords.get(identity) ?? ''
  const log = () =>
    readFileSync(logFile, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Row => JSON.parse(line))
  const askHere = (method: string, path: string, wish: Ask = {}) => ask({ port, method, path, ...wish })
  return {
    url,
    port,
    pid: child.pid,
    one,
    two,
    key: one.apiKeys[0]?.key ?? '',
    otherKey: two.apiKeys[0]?.key ?? '',
    child,
    ask: askHere,
    signIn: async (email) => {
      const answer = await askHere('POST', '/api/auth/sign-in/email', { body: { email, password: PASSWORD }, headers: { origin: url } })
      assert.equal(answer.status, 200, answer.text)
      return answer.cookies.map((cookie) => cookie.split(';')[0]).join('; ')
    },
    link: (identity, wish = {}) => openLink({ port, identity, password: passwordOf(identity), ...wish }),
    passwordOf,
    rows: (query) => child.call('rows', { tenantId: one.tenantId, query }),
    eventually: async (what, holds, seconds = 15) => {
      const until = performance.now() + seconds * 1_000
      while (!(await holds())) {
        if (performance.now() > until) assert.fail(`not within ${seconds} s: ${what}`)
        await wait(100)
      }
    },
    log,
    isWell: async (forgiven) => {
      assert.equal((await askHere('GET', '/readyz')).status, 200)
      assert.equal(await child.call('polluted', undefined), false)
      const errors = log().filter((entry) => entry.level === 'error' && !forgiven?.test(JSON.stringify(entry)))
      assert.deepEqual(errors, [])
    },
    close: async () => {
      await child.stop()
      rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
    },
  }
}
