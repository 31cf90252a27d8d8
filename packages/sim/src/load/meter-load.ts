import { type Clock, type EpochMs, epochMs } from '@voltway/units'
import type { OcppVersion } from '@voltway/wire/ocpp'
import { systemClock, systemStopwatch } from '../clock.ts'
import { framesOf, type LoadFact, type MakeFrame } from './frames.ts'
import { type LoadLinkResult, runLoadLink } from './load-link.ts'

export interface MeterLoadOptions {
  /** The server's OCPP URL without the identity. */
  readonly url: string
  readonly identities: readonly { readonly identity: string; readonly password?: string }[]
  readonly version: OcppVersion
  /** Per link and direction, as OCPP has it. */
  readonly inFlight: 1
  /** Whichever comes first ends the load; at least one is needed. */
  readonly durationMs?: number
  readonly count?: number
  readonly frames?: MakeFrame
  /** The station time of the first facts; the clock's now where left out. */
  readonly firstAt?: EpochMs
  /** Hears of every acknowledged fact at once, for a caller whose server may die. */
  readonly onAcknowledged?: (fact: LoadFact) => void
  /** Keeps no list of facts: for long loads. */
  readonly forget?: boolean
  readonly clock?: Clock
  readonly stopwatch?: () => number
}
export interface MeterLoadReport {
  readonly links: number
  readonly acknowledged: number
  readonly refused: number
  readonly firstRefusal: string | undefined
  /** Sent and never answered: at most one for each link. */
  readonly unanswered: number
  readonly durationMs: number
  readonly perSecond: number
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number }
  /** Exactly what was acknowledged; empty with `forget`. */
  readonly facts: readonly LoadFact[]
  /** Links that ended otherwise than asked, and how. */
  readonly broken: readonly { readonly identity: string; readonly end: string }[]
}

/** Many links, one CALL in flight each, as fast as the server acknowledges; bounded in time or number. */
export async function meterLoad(options: MeterLoadOptions): Promise<MeterLoadReport> {
  const { version, clock = systemClock, stopwatch = systemStopwatch, durationMs, count } = options
  if (durationMs === undefined && count === undefined) throw new RangeError('a load needs an end: durationMs or count')
  const began = stopwatch()
  const latencies: number[] = []
  const facts: LoadFact[] = []
  let started = 0
  let lastAt = began
  const mayCall = (): boolean => {
    if (count !== undefined && started >= count) return false
    if (durationMs !== undefined && stopwatch() - began >= durationMs) return false
    started += 1
    return true
  }
  const acknowledged = (fact: LoadFact, latencyMs: number): void => {
    lastAt = stopwatch()
    latencies.push(latencyMs)
    if (!options.forget) facts.push(fact)
    options.onAcknowledged?.(fact)
  }
  const links = options.identities.map(({ identity, password }) =>
    runLoadLink({
      url: options.url,
      identity,
      password,
      version,
      frames: options.frames ?? framesOf(version),
      clock,
      firstAt: options.firstAt ?? epochMs(clock.now()),
      mayCall,
      acknowledged,
      stopwatch,
    }),
  )
  const results = await Promise.all(links)
  const elapsed = Math.max(1e-3, lastAt - began)
  const sum = (of: (result: LoadLinkResult) => number) => results.reduce((total, result) => total + of(result), 0)
  return {
    links: results.length,
    acknowledged: latencies.length,
    refused: sum(({ refused }) => refused),
    firstRefusal: results.find(({ firstRefusal }) => firstRefusal !== undefined)?.firstRefusal,
    unanswered: sum(({ unanswered }) => unanswered),
    durationMs: elapsed,
    perSecond: (latencies.length * 1000) / elapsed,
    latencyMs: percentiles(latencies),
    facts,
    broken: results.flatMap(({ end }, index) => (end === 'done' ? [] : [{ identity: options.identities[index]!.identity, end }])),
  }
}

function percentiles(values: readonly number[]): MeterLoadReport['latencyMs'] {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 }
}
