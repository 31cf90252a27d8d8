import type { PowerStep, SessionSeries } from '../api/types.ts'

/** Measured power as steps: each reading holds until the next. */
export const measuredSteps = ({ points }: Pick<SessionSeries, 'points'>, until: string): readonly PowerStep[] =>
  points.flatMap((point, index) =>
    point.powerW === undefined ? [] : [{ from: point.at, to: points[index + 1]?.at ?? until, powerW: point.powerW }],
  )

/** One limit for all of the time. */
export const flatLimit = (limitW: number | undefined, span: { readonly from: string; readonly to: string }): readonly PowerStep[] =>
  limitW === undefined ? [] : [{ ...span, powerW: limitW }]

export interface LeftFacts {
  readonly importWh: number
  readonly powerW: number | undefined
  readonly plannedWh: number | undefined
  readonly planEnd: string | undefined
  readonly endsBy: string | undefined
  readonly now: number
}

/** Milliseconds until the plan's energy is in the car, at the power of now, and never beyond the reserved end; undefined when unknown. */
export const timeLeft = ({ importWh, powerW, plannedWh, planEnd, endsBy, now }: LeftFacts): number | undefined => {
  const until = [endsBy, planEnd].filter((end) => end !== undefined).map((end) => Date.parse(end) - now)
  if (plannedWh !== undefined && powerW && powerW > 0) until.push((Math.max(0, plannedWh - importWh) / powerW) * 3_600_000)
  return until.length === 0 ? undefined : Math.max(0, Math.min(...until))
}
