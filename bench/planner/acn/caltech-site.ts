import { LINE_PAIRS, type LinePair, phaseLimits } from '@voltway/domain/planning/online'
import { amperes } from '@voltway/units'

/** Between which two lines an EVSE is connected. */
export type Phase = LinePair

/** One EVSE of the Caltech garage: its lines, and the pod that it shares a breaker with, where there is one. */
export interface CaltechEvse {
  readonly phase: Phase
  readonly pod: Pod | undefined
}
export type Pod = 'AV' | 'CC'
export const PODS: readonly Pod[] = ['AV', 'CC']
export const NO_PODS: Readonly<Record<Pod, number>> = { AV: 0, CC: 0 }

/** Facts of the site as ACN-Sim's `caltech_acn` has them (zach401/acnportal, BSD-3-Clause). */
const POD_EVSES = {
  AV: [324, 325, 326, 327, 489, 490, 491, 492],
  CC: [322, 493, 496, 320, 495, 321, 323, 494],
}
const LINES: Readonly<Record<Phase, readonly number[]>> = {
  AB: [308, 508, 303, 513, 310, 506, 316, 500, 318, 498, ...POD_EVSES.AV, ...POD_EVSES.CC],
  BC: [304, 512, 305, 511, 313, 503, 311, 505, 317, 499, 148, 149, 212, 213],
  CA: [307, 509, 309, 507, 306, 510, 315, 501, 319, 497, 312, 504, 314, 502],
}
export const PHASES: readonly Phase[] = LINE_PAIRS

export const VOLTS = 208
/** Amperes that a pod's breaker carries. */
export const POD_AMPERES = 80
/** Volts from line to neutral on the two sides of the transformer. */
const SECONDARY = 120
const PRIMARY = 277
/** Turns: a line current of the primary is a quarter of the difference of two of the secondary. */
const TURNS = 4

const EVSES: ReadonlyMap<string, CaltechEvse> = new Map(
  PHASES.flatMap((phase) =>
    LINES[phase].map((number) => {
      const pod = POD_EVSES.AV.includes(number) ? 'AV' : POD_EVSES.CC.includes(number) ? 'CC' : undefined
      return [`CA-${number}`, { phase, pod }] as const
    }),
  ),
)

export const caltechEvse = (id: string): CaltechEvse => {
  const evse = EVSES.get(id)
  if (evse === undefined) throw new Error(`${id} is not an EVSE of the site`)
  return evse
}

/** Amperes that flow between each pair of lines, and through each pod. */
export interface Loads {
  readonly AB: number
  readonly BC: number
  readonly CA: number
  readonly AV: number
  readonly CC: number
}

/** Line currents by which parts of the loads they carry: of the secondary, a load's two lines; of the primary, what that induces. */
const SECONDARY_LINES: readonly Readonly<Record<Phase, number>>[] = [
  { AB: 1, BC: 0, CA: -1 },
  { AB: -1, BC: 1, CA: 0 },
  { AB: 0, BC: -1, CA: 1 },
]
const PRIMARY_LINES: readonly Readonly<Record<Phase, number>>[] = [
  { AB: 1, BC: 1, CA: -2 },
  { AB: -2, BC: 1, CA: 1 },
  { AB: 1, BC: -2, CA: 1 },
]

/** What a site can carry. */
export interface SiteLimits {
  /** How near its currents come to their limits: at most 1 when all keep them. */
  readonly usage: (loads: Loads) => number
  /** Amperes that may still flow between two lines on top of what flows, pods aside; negative when it is too much already. */
  readonly room: (loads: Pick<Loads, Phase>, phase: Phase) => number
  /** What a pod's breaker carries. */
  readonly podAmperes: number
}

/** All on one phase behind one limit, in kW. */
export const singlePhase = (capKw: number): SiteLimits => {
  const most = (capKw * 1_000) / VOLTS
  return {
    usage: ({ AB, BC, CA }) => (AB + BC + CA) / most,
    room: ({ AB, BC, CA }) => most - AB - BC - CA,
    podAmperes: Number.POSITIVE_INFINITY,
  }
}

/** The garage as it is wired: loads in delta, a transformer of so many kW, its currents as vector sums on both sides, two pods. */
export const threePhase = (capKw: number): SiteLimits => {
  const perLine = (capKw * 1_000) / 3
  const { usage, room } = phaseLimits([
    ...SECONDARY_LINES.map((parts) => ({ parts, most: amperes(perLine / SECONDARY) })),
    ...PRIMARY_LINES.map((parts) => ({ parts, most: amperes((TURNS * perLine) / PRIMARY) })),
  ])
  return { usage: (loads) => Math.max(usage(loads), loads.AV / POD_AMPERES, loads.CC / POD_AMPERES), room, podAmperes: POD_AMPERES }
}
