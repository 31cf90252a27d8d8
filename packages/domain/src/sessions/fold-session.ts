import { type EpochMs, epochMs, MINUTE, type Percent, type WattHours, type Watts, wattHours } from '@voltway/units'
import type { MeterPoint } from '../tariffs/cost.ts'
import { chargingCourse } from './charging-course.ts'
import { type CleanRegister, cleanRegister, type Reading } from './clean-register.ts'
import { definedOf } from './defined-of.ts'
import { type DistinctFacts, distinctFacts } from './distinct-facts.ts'
import type { ChargingState, EvseKey, MeterSampled, PlugWord, StopReason, TransactionReported } from './facts.ts'
import { meterPoints } from './meter-points.ts'
import { type SequenceGap, sequenceGaps } from './sequence-gaps.ts'
import { sessionFault } from './session-fault.ts'
import { type SessionState, stepSession } from './session-state.ts'
import type { SuspectReason } from './suspect-reason.ts'
import type { VehicleNeeds, VehicleSchedule } from './vehicle-words.ts'

/** Worth showing, no reason to hold: facts after the end, a clock ahead by more than a minute, samples on a counter of their own. */
export type SessionMark = 'sequenceGap' | 'factsAfterEnd' | 'clockAhead' | 'samplesPerSession' | 'offline'

export interface SocPoint {
  readonly at: EpochMs
  readonly percent: Percent
}
export interface PowerPoint {
  readonly at: EpochMs
  readonly powerW: Watts
}

/** What a car said it needs, when, and what it had been given by then. */
export interface ToldNeeds extends VehicleNeeds {
  readonly saidAt: EpochMs
  readonly givenBefore: WattHours
}

/** A session as the set of its facts says it is; undefined is what they do not say. */
export interface SessionFold {
  readonly transactionId: string | undefined
  /** From the facts alone: `held` where there is a reason to, else `ended` when it is over; never `billed`. */
  readonly state: SessionState
  readonly evse: EvseKey | undefined
  readonly startedAt: EpochMs
  readonly endedAt: EpochMs | undefined
  /** Since when no energy is asked for. */
  readonly chargingEndedAt: EpochMs | undefined
  readonly charged: boolean
  readonly idToken: string | undefined
  readonly reservationNumber: number | undefined
  readonly remoteStartNumber: number | undefined
  /** A fault where the end does not say why and the station said meanwhile that it is broken; the driver's where nothing does. */
  readonly stopReason: StopReason | undefined
  /** The station's own word for that fault. */
  readonly fault: string | undefined
  /** The station's last word on it; undefined once ended. */
  readonly chargingState: ChargingState | undefined
  /** Energy since the start: sorted, never falling, the first at zero. */
  readonly points: readonly MeterPoint[]
  /** Whole Wh. */
  readonly importWh: WattHours
  readonly exportWh: WattHours
  /** When the register that gives `importWh` was read; undefined where none was. */
  readonly importAt: EpochMs | undefined
  /** Latest; zero once ended. */
  readonly powerW: Watts | undefined
  /** When that was measured. */
  readonly powerAt: EpochMs | undefined
  readonly powers: readonly PowerPoint[]
  readonly socStart: Percent | undefined
  readonly socPercent: Percent | undefined
  readonly socs: readonly SocPoint[]
  readonly gaps: readonly SequenceGap[]
  readonly marks: readonly SessionMark[]
  readonly suspect: readonly SuspectReason[]
  readonly lastFactAt: EpochMs
  /** The station's last word on the plug's lock; undefined where it has none. */
  readonly plug: { readonly word: PlugWord; readonly at: EpochMs } | undefined
  /** The car's last words on what it needs, with when they were said, and on what it will draw. */
  readonly vehicleNeeds: ToldNeeds | undefined
  readonly vehicleSchedule: VehicleSchedule | undefined
}

interface Span {
  readonly start: TransactionReported | undefined
  readonly end: TransactionReported | undefined
  readonly startedAt: EpochMs
  readonly endedAt: EpochMs | undefined
}

const spanOf = ({ steps, samples }: DistinctFacts): Span => {
  const start = steps.find(({ kind }) => kind === 'transaction.started')
  const end = steps.find(({ kind }) => kind === 'transaction.ended')
  const first = (steps[0] ?? samples[0])!.occurredAt
  const heard = epochMs(Math.min(first, samples[0]?.occurredAt ?? first))
  const startedAt = start?.occurredAt ?? heard
  // A stop before its start is held for review; time does not run backwards meanwhile.
  const endedAt = end && epochMs(Math.max(end.occurredAt, startedAt))
  return { start, end, startedAt, endedAt }
}

/** A sample's place in the session's time; undefined when it belongs before or after it. */
const placeOf = ({ occurredAt, context }: MeterSampled, { startedAt, endedAt, end }: Span): EpochMs | undefined => {
  if (occurredAt < startedAt) return context === 'Transaction.Begin' || startedAt - occurredAt <= MINUTE ? startedAt : undefined
  if (endedAt === undefined || occurredAt <= endedAt) return occurredAt
  // After the end, only what can be its final reading counts, and that only where the end brought none.
  const final = context === 'Transaction.End' || occurredAt - endedAt <= MINUTE
  return final && end?.registerWh === undefined ? endedAt : undefined
}

const registersOf = (facts: DistinctFacts, span: Span): { readonly imported: CleanRegister; readonly exported: CleanRegister } => {
  const fromSamples = (key: 'importWh' | 'exportWh') =>
    definedOf(facts.samples, (sample): Reading | undefined => {
      const at = placeOf(sample, span)
      const wh = sample[key]
      return at === undefined || wh === undefined ? undefined : { at, wh, source: 'sample' }
    })
  const own = (fact: TransactionReported | undefined, source: Reading['source'], at: EpochMs | undefined): readonly Reading[] =>
    fact?.registerWh === undefined || at === undefined ? [] : [{ at, wh: fact.registerWh, source }]
  const onTheWay = facts.steps.filter(
    (fact) =>
      fact.kind === 'transaction.updated' && fact.occurredAt >= span.startedAt && fact.occurredAt <= (span.endedAt ?? fact.occurredAt),
  )
  return {
    imported: cleanRegister([
      ...own(span.start, 'start', span.startedAt),
      ...onTheWay.flatMap((fact) => own(fact, 'sample', fact.occurredAt)),
      ...fromSamples('importWh'),
      ...own(span.end, 'end', span.endedAt),
    ]),
    exported: cleanRegister(fromSamples('exportWh')),
  }
}

const suspectOf = (span: Span, registers: readonly CleanRegister[], charged: boolean): readonly SuspectReason[] => {
  const { start, end } = span
  const read = registers[0]!.points.length >= 2 || registers[1]!.points.length >= 2
  return [
    ...new Set<SuspectReason>([
      ...registers.flatMap(({ reasons }) => reasons),
      ...(end && start && end.occurredAt < start.occurredAt ? (['endedBeforeStart'] as const) : []),
      ...(end && !start ? (['startUnknown'] as const) : []),
      ...(end && charged && !read ? (['noReadings'] as const) : []),
    ]),
  ].sort()
}

const marksOf = (
  facts: DistinctFacts,
  span: Span,
  found: { readonly gaps: number; readonly perSession: boolean },
): readonly SessionMark[] => {
  const all = [...facts.steps, ...facts.samples]
  const { endedAt } = span
  return [
    ...(found.gaps > 0 ? (['sequenceGap'] as const) : []),
    ...(endedAt !== undefined && all.some(({ occurredAt }) => occurredAt > endedAt) ? (['factsAfterEnd'] as const) : []),
    ...(all.some(({ occurredAt, receivedAt }) => occurredAt > receivedAt + MINUTE) ? (['clockAhead'] as const) : []),
    ...(found.perSession ? (['samplesPerSession'] as const) : []),
    ...(facts.steps.some(({ offline }) => offline) ? (['offline'] as const) : []),
  ]
}

const firstOf = <Value>(steps: readonly TransactionReported[], read: (fact: TransactionReported) => Value | undefined) => {
  for (const fact of steps) {
    const value = read(fact)
    if (value !== undefined) return value
  }
  return undefined
}

const evseOf = ({ steps, samples }: DistinctFacts): EvseKey | undefined => {
  const step = steps.find(({ evse }) => evse !== undefined && evse > 0)
  const sample = samples.find(({ evse }) => evse > 0)
  const found = step ?? sample
  return found?.evse === undefined
    ? undefined
    : { evse: found.evse, connector: firstOf(steps, ({ connector }) => connector) ?? found.connector }
}

const plugOf = ({ steps }: DistinctFacts): SessionFold['plug'] => {
  const last = steps.findLast(({ plug }) => plug !== undefined)
  return last?.plug && { word: last.plug, at: last.occurredAt }
}

const givenBy = (points: readonly MeterPoint[], at: EpochMs) =>
  wattHours(Math.round(points.findLast((point) => point.at <= at)?.importWh ?? 0))

const vehicleOf = ({ steps }: DistinctFacts, points: readonly MeterPoint[]): Pick<SessionFold, 'vehicleNeeds' | 'vehicleSchedule'> => {
  const needs = steps.findLast(({ vehicle }) => vehicle?.word === 'needs')
  const schedule = steps.findLast(({ vehicle }) => vehicle?.word === 'schedule')?.vehicle
  return {
    vehicleNeeds:
      needs?.vehicle?.word === 'needs'
        ? { ...needs.vehicle.needs, saidAt: needs.occurredAt, givenBefore: givenBy(points, needs.occurredAt) }
        : undefined,
    vehicleSchedule: schedule?.word === 'schedule' ? schedule.schedule : undefined,
  }
}

const stateOf = (events: readonly Parameters<typeof stepSession>[1][]): SessionState =>
  events.reduce<SessionState>((state, event) => {
    const next = stepSession(state, event)
    return next.ok ? next.value : state
  }, 'pending')

/**
 * Folds the facts of one transaction, at least one, into what they say together. The order in which they arrived and how often
 * makes no difference: facts are told apart by their natural keys and read in the order of the station's own time.
 */
export const foldSession = (reported: readonly (TransactionReported | MeterSampled)[]): SessionFold => {
  const heard = distinctFacts(reported)
  const charging = {
    ...heard,
    steps: heard.steps.filter(({ plug, vehicle, fault }) => plug === undefined && vehicle === undefined && fault === undefined),
  }
  // Neither the lock nor a fault nor the car's wishes say anything of energy or time, unless they are all that was heard.
  const facts = charging.steps.length + charging.samples.length > 0 ? charging : heard
  const span = spanOf(facts)
  const { startedAt, endedAt, end } = span
  const within = (at: EpochMs) => at >= startedAt && (endedAt === undefined || at <= endedAt)
  const steps = facts.steps.filter(({ occurredAt }) => within(occurredAt))
  const samples = facts.samples.filter((sample) => placeOf(sample, span) !== undefined)
  const { imported, exported } = registersOf(facts, span)
  const points = meterPoints(imported.points, exported.points)
  const lastFactAt = epochMs(Math.max(facts.steps.at(-1)?.occurredAt ?? startedAt, facts.samples.at(-1)?.occurredAt ?? startedAt))
  const course = chargingCourse(steps, samples, { points, until: endedAt ?? lastFactAt, endedAt })
  const suspect = suspectOf(span, [imported, exported], course.charged)
  const gaps = sequenceGaps(definedOf(facts.steps, ({ seqNo }) => seqNo))
  const powers = definedOf(samples, ({ powerW, occurredAt }) => (powerW === undefined ? undefined : { at: occurredAt, powerW }))
  const socs = definedOf(samples, ({ socPercent, occurredAt }) =>
    socPercent === undefined ? undefined : { at: occurredAt, percent: socPercent },
  )
  const fault = sessionFault(
    heard.steps.filter(({ fault }) => fault !== undefined),
    end,
  )
  return {
    transactionId:
      firstOf(facts.steps, ({ transactionId }) => transactionId) ??
      facts.samples.find(({ transactionId }) => transactionId !== undefined)?.transactionId,
    state: stateOf([
      ...course.events.map(({ event }) => event),
      ...(end ? (['ended'] as const) : []),
      ...(end && suspect.length > 0 ? (['doubted'] as const) : []),
    ]),
    evse: evseOf(facts),
    startedAt,
    endedAt,
    // Where charging never was over before the end, it is over with it.
    chargingEndedAt: course.chargingEndedAt ?? endedAt,
    charged: course.charged,
    idToken: firstOf(facts.steps, ({ idToken }) => idToken),
    reservationNumber: firstOf(facts.steps, ({ reservationNumber }) => reservationNumber),
    remoteStartNumber: firstOf(facts.steps, ({ remoteStartNumber }) => remoteStartNumber),
    stopReason: fault === undefined ? end && (end.stopReason ?? 'driver') : 'fault',
    fault,
    chargingState: end ? undefined : firstOf(steps.toReversed(), ({ chargingState }) => chargingState),
    points,
    importWh: wattHours(Math.round(points.at(-1)?.importWh ?? 0)),
    exportWh: wattHours(Math.round(points.at(-1)?.exportWh ?? 0)),
    importAt: imported.points.at(-1)?.at,
    powerW: end ? (0 as Watts) : powers.at(-1)?.powerW,
    powerAt: end ? endedAt : powers.at(-1)?.at,
    powers,
    socStart: socs[0]?.percent,
    socPercent: socs.at(-1)?.percent,
    socs,
    gaps,
    marks: marksOf(facts, span, { gaps: gaps.length, perSession: imported.samplesPerSession }),
    suspect,
    lastFactAt,
    plug: plugOf(heard),
    ...vehicleOf(heard, points),
  }
}
