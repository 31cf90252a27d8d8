import type { StatusCounts } from '@voltway/store'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type CallCounts, createCallCounts } from './count-calls.ts'

/** What the projector saw happen to a session, once it is committed. */
export interface SessionProgress {
  /** Given to the car since the last look. */
  readonly importedWh: number
  /** When it has just ended: `success`, or the cause of its loss. */
  readonly ended: string | undefined
}

/** What a server tells of itself. Base units; a station's id is never a label. */
export interface Metrics {
  readonly requests: Pick<Histogram<'method' | 'route' | 'status'>, 'observe'>
  readonly liveStreams: Pick<Gauge, 'inc' | 'dec'>
  readonly calls: Pick<CallCounts, 'count'>
  readonly sessionsMoved: (progress: readonly SessionProgress[]) => void
  /** Prometheus' text, with the gauges as they were counted in the database just now. */
  readonly text: (counts: StatusCounts) => Promise<string>
  readonly contentType: string
}

/** Gauges that the database is asked for when somebody looks. */
const createGauges = (registers: Registry[]) => {
  const links = new Gauge({ name: 'voltway_ocpp_links', help: 'Connected charging stations', labelNames: ['version'], registers })
  const sessions = new Gauge({ name: 'voltway_sessions', help: 'Sessions that have not ended', labelNames: ['state'], registers })
  const evses = new Gauge({ name: 'voltway_evses', help: 'EVSEs', labelNames: ['status'], registers })
  const lag = new Gauge({ name: 'voltway_jobs_lag_seconds', help: 'Age of the oldest event that no job has looked at', registers })
  return {
    show: (counts: StatusCounts) => {
      for (const gauge of [links, sessions, evses]) gauge.reset()
      for (const { version, count } of counts.links) links.set({ version }, count)
      for (const { state, count } of counts.sessions) sessions.set({ state }, count)
      for (const { status, count } of counts.evses) evses.set({ status }, count)
      lag.set(counts.lagMs / 1_000)
    },
  }
}

/** Counters begin at nothing with the process, as Prometheus expects them to. */
export const createMetrics = (): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'voltway_' })
  const registers = [registry]
  const gauges = createGauges(registers)
  const calls = createCallCounts()
  const attempts = new Counter({
    name: 'voltway_charging_attempts_total',
    help: 'Sessions that ended, by success or the cause of their loss',
    labelNames: ['outcome'],
    registers,
  })
  const energy = new Counter({ name: 'voltway_energy_delivered_joules_total', help: 'Energy given to cars, as meters said', registers })
  return {
    contentType: registry.contentType,
    calls,
    requests: new Histogram({
      name: 'voltway_http_request_duration_seconds',
      help: 'Time to answer HTTP requests',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    liveStreams: new Gauge({ name: 'voltway_live_streams', help: 'Open server-sent event streams', registers }),
    sessionsMoved: (progress) => {
      for (const { importedWh, ended } of progress) {
        energy.inc(Math.max(0, importedWh) * 3_600)
        if (ended !== undefined) attempts.inc({ outcome: ended })
      }
    },
    text: async (counts) => {
      gauges.show(counts)
      return `${await registry.metrics()}\n${calls.text()}`
    },
  }
}
