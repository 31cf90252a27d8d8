import { type EpochMs, MINUTE } from '@voltway/units'
import type { MeterPoint } from '../tariffs/cost.ts'
import { definedOf } from './defined-of.ts'
import type { ChargingState, MeterSampled, TransactionReported } from './facts.ts'
import type { SessionEvent } from './session-state.ts'

/** One piece of evidence on whether energy is asked for, from `at` on. */
interface Evidence {
  readonly at: EpochMs
  readonly event: Extract<SessionEvent, 'charging' | 'suspended' | 'stopped'>
  /** Whether the car may still get energy: it charges, or the station makes it wait. */
  readonly active: boolean
}

/** What an idle meter shows is not charging. */
const IDLE_BELOW_W = 50
/** A register with coarse digits stands still between two steps; only this long without a step is an end. */
const FLAT_MS = 15 * MINUTE

const EVENT_OF: Readonly<Record<ChargingState, Omit<Evidence, 'at'> | undefined>> = {
  charging: { event: 'charging', active: true },
  suspendedByStation: { event: 'suspended', active: true },
  suspendedByVehicle: { event: 'suspended', active: false },
  idle: { event: 'stopped', active: false },
  // Plugged in: nothing before charging, its end afterwards.
  connected: { event: 'stopped', active: false },
}

const fromStates = (steps: readonly TransactionReported[]): readonly Evidence[] => {
  let charged = false
  return definedOf(steps, ({ chargingState, occurredAt }) => {
    const said = chargingState && EVENT_OF[chargingState]
    if (!said || (chargingState === 'connected' && !charged)) return undefined
    charged ||= chargingState === 'charging'
    return { at: occurredAt, event: said.event, active: said.active }
  })
}

const fromPower = (samples: readonly MeterSampled[]): readonly Evidence[] => {
  let lastActiveAt: EpochMs | undefined
  return definedOf(samples, ({ powerW, occurredAt }): Evidence | undefined => {
    if (powerW === undefined) return undefined
    const active = Math.abs(powerW) >= IDLE_BELOW_W
    if (active) lastActiveAt = occurredAt
    if (active) return { at: occurredAt, event: 'charging', active }
    // Nothing was seen after the last power above zero, so that is where charging ended.
    return lastActiveAt === undefined ? undefined : { at: lastActiveAt, event: 'suspended', active }
  })
}

const fromEnergy = (points: readonly MeterPoint[], until: EpochMs): readonly Evidence[] => {
  const rises = points.filter((point, index) => {
    const before = points[index - 1]
    return before !== undefined && (point.importWh > before.importWh || point.exportWh > before.exportWh)
  })
  const last = rises.at(-1)
  if (!last) return []
  const going: Evidence = { at: rises[0]!.at, event: 'charging', active: true }
  return until - last.at >= FLAT_MS ? [going, { at: last.at, event: 'suspended', active: false }] : [going]
}

export interface ChargingCourse {
  /** What moved the session's state, in order. */
  readonly events: readonly { readonly at: EpochMs; readonly event: SessionEvent }[]
  /** Since when no energy has been asked for; undefined while it goes on, or where it never began. */
  readonly chargingEndedAt: EpochMs | undefined
  readonly charged: boolean
}

/** When the last stretch without activity began; undefined where the last evidence is activity, or there never was any. */
const inactiveSince = (evidence: readonly Evidence[]): EpochMs | undefined => {
  const lastActive = evidence.findLastIndex(({ active }) => active)
  return evidence[lastActive + 1]?.at
}

/**
 * How charging went: by what the station said of it, else by power, else by the register. A car that the station makes wait is
 * not idle; one that asks for nothing is, from when it left charging or from the last power that was seen.
 */
export const chargingCourse = (
  steps: readonly TransactionReported[],
  samples: readonly MeterSampled[],
  meter: { readonly points: readonly MeterPoint[]; readonly until: EpochMs; readonly endedAt: EpochMs | undefined },
): ChargingCourse => {
  const said = fromStates(steps)
  // No power at the end says that it ended, not that nothing was asked for before.
  const measured = fromPower(samples.filter(({ occurredAt }) => meter.endedAt === undefined || occurredAt < meter.endedAt))
  const counted = fromEnergy(meter.points, meter.until)
  // A station that only ever says that it charges does not tell pauses: the meter does, where it can.
  const tellsPauses = said.some(({ event }) => event !== 'charging')
  const evidence = [tellsPauses ? said : [], measured, said, counted].find(({ length }) => length > 0) ?? []
  return {
    events: evidence.map(({ at, event }) => ({ at, event })),
    chargingEndedAt: inactiveSince(evidence),
    charged: [evidence, measured, counted].some((list) => list.some(({ event }) => event === 'charging')),
  }
}
