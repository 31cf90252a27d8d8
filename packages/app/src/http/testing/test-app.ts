import { openTestDatabase, testClock } from '@voltway/store/testing'
import { type EpochMs, epochMs, seeded } from '@voltway/units'
import type { FastifyInstance } from 'fastify'
import { type Config, loadConfig } from '../../config.ts'
import { closeServices, createServices } from '../../create-services.ts'
import { quietLog } from '../../log.ts'
import type { StationGateway } from '../../ocpp/station-gateway.ts'
import type { DriverPlanner } from '../../planning/driver-planner.ts'
import { inlineDriverPlanner } from '../../planning/testing/inline-driver-planner.ts'
import { type Seeded, seedTenant } from '../../seed/seed-tenant.ts'
import type { ServerServices } from '../../server-services.ts'
import { createApp } from '../create-app.ts'
import { testPlan } from './test-plan.ts'

export const PASSWORD = 'correct horse battery'
export const ORIGIN = 'http://localhost'

/** JSON whose shape a test looks into: every part is there or undefined. */
export interface Loose {
  readonly [key: string]: Loose
  readonly [index: number]: Loose
}
export interface Answer {
  readonly status: number
  readonly body: Loose
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
}
export interface Ask {
  /** An API key, or a cookie. */
  readonly key?: string | undefined
  readonly cookie?: string | undefined
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface TestApp {
  readonly app: FastifyInstance
  readonly services: ServerServices
  readonly seeded: Seeded
  readonly other: Seeded
  /** Keys with every scope, of the two tenants. */
  readonly key: string
  readonly otherKey: string
  readonly ask: (method: string, url: string, ask?: Ask) => Promise<Answer>
  readonly signIn: (email: string) => Promise<string>
  readonly advance: (milliseconds: number) => void
  /** Replace its members to play a connected station. */
  readonly station: { gateway: StationGateway }
  /** Replace its member to play a busy planner. */
  readonly planner: { driver: DriverPlanner }
  readonly close: () => Promise<void>
}

const OFFLINE: StationGateway = {
  call: async () => ({ outcome: 'offline' }),
  perform: async () => ({ accepted: false, reason: 'offline' }),
  linkOf: async () => undefined,
  linksOf: async () => () => false,
  disconnect: () => undefined,
}

const configOf = (env: Readonly<Record<string, string>>): Config => {
  const config = loadConfig({
    VOLTWAY_SECRET: 'a secret of tests that opens nothing',
    VOLTWAY_SIGN_INS_PER_MINUTE: '1000',
    VOLTWAY_REQUESTS_PER_MINUTE: '100000',
    ...env,
  })
  if (!config.ok) throw new Error(JSON.stringify(config.failure))
  return config.value
}

const randomOf = (seed: number) => {
  const next = seeded(seed)
  return (count: number) => Uint8Array.from({ length: count }, () => Math.floor(next() * 256))
}

/** The whole HTTP side in this process, on a database of its own with two tenants in it. */
export const openTestApp = async (env: Readonly<Record<string, string>> = {}): Promise<TestApp> => {
  const db = await openTestDatabase()
  let now: EpochMs = testClock.now()
  const clock = { ...testClock, now: () => now }
  const station = { gateway: OFFLINE }
  const gateway: StationGateway = {
    call: (...args) => station.gateway.call(...args),
    perform: (...args) => station.gateway.perform(...args),
    linkOf: (target) => station.gateway.linkOf(target),
    linksOf: (id) => station.gateway.linksOf(id),
    disconnect: (...args) => station.gateway.disconnect(...args),
  }
  const parts = { config: configOf(env), clock, random: randomOf(7), log: quietLog, db, gateway, publicUrl: () => 'http://localhost' }
  const planner: { driver: DriverPlanner } = { driver: inlineDriverPlanner }
  const driverPlanner: DriverPlanner = { ask: (...asked) => planner.driver.ask(...asked), close: () => planner.driver.close() }
  const services = { ...(await createServices(parts)), driverPlanner }
  const app = await createApp(services)
  const made = await seedTenant(services, testPlan('one'))
  now = epochMs(now + 1)
  const other = await seedTenant(services, testPlan('two'))
  const ask: TestApp['ask'] = async (method, url, { key, cookie, body, headers } = {}) => {
    const response = await app.inject({
      method: method as 'GET',
      url,
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(cookie !== undefined && { cookie, origin: ORIGIN }),
        ...headers,
      },
      ...(body !== undefined && { payload: body as object }),
    })
    const json = String(response.headers['content-type']).includes('json')
    return { status: response.statusCode, body: json ? response.json() : {}, headers: response.headers, text: response.payload }
  }
  const signIn: TestApp['signIn'] = async (email) => {
    const answer = await ask('POST', '/api/auth/sign-in/email', { body: { email, password: PASSWORD }, headers: { origin: ORIGIN } })
    if (answer.status !== 200) throw new Error(`sign-in of ${email}: ${answer.text}`)
    return [answer.headers['set-cookie']]
      .flat()
      .map((text) => String(text).split(';')[0])
      .join('; ')
  }
  const close = async () => {
    await app.close()
    await closeServices(services)
    await db.close()
  }
  const keyOf = (one: Seeded) => one.apiKeys[0]?.key ?? ''
  return {
    app,
    services,
    seeded: made,
    other,
    key: keyOf(made),
    otherKey: keyOf(other),
    ask,
    signIn,
    advance: (milliseconds) => {
      now = epochMs(now + milliseconds)
    },
    station,
    planner,
    close,
  }
}
