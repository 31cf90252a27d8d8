import type { StatusCounts } from '@voltway/store'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  readonly registry: Registry
  readonly requests: Histogram<'method' | 'route' | 'status'>
  readonly liveStreams: Gauge
  /** Sets the gauges that are counted in the database when they are asked for. */
  readonly show: (counts: StatusCounts) => void
}

/** Prometheus metrics in base units; a station's id is never a label. */
export const createMetrics = (): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'voltway_' })
  const registers = [registry]
  const links = new Gauge({ name: 'voltway_ocpp_links', help: 'Connected charging stations', labelNames: ['version'], registers })
  const sessions = new Gauge({ name: 'voltway_sessions', help: 'Sessions that have not ended', labelNames: ['state'], registers })
  const evses = new Gauge({ name: 'voltway_evses', help: 'EVSEs', labelNames: ['status'], registers })
  const attempts = new Gauge({
    name: 'voltway_charging_attempts',
    help: 'Sessions that ended, all time',
    labelNames: ['outcome'],
    registers,
  })
  const energy = new Counter({ name: 'voltway_energy_delivered_joules_total', help: 'Energy given to cars', registers })
  return {
    registry,
    requests: new Histogram({
      name: 'voltway_http_request_duration_seconds',
      help: 'Time to answer HTTP requests',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    liveStreams: new Gauge({ name: 'voltway_live_streams', help: 'Open server-sent event streams', registers }),
    show: (counts) => {
      for (const gauge of [links, sessions, evses, attempts]) gauge.reset()
      for (const { version, count } of counts.links) links.set({ version }, count)
      for (const { state, count } of counts.sessions) sessions.set({ state }, count)
      for (const { status, count } of counts.evses) evses.set({ status }, count)
      for (const { outcome, count } of counts.attempts) attempts.set({ outcome }, count)
      energy.reset()
      energy.inc(counts.energyWh * 3_600)
    },
  }
}
