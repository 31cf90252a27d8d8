/** Between which two lines an EVSE is connected. */
export type Phase = 'AB' | 'BC' | 'CA'

/** One EVSE of the Caltech garage: its lines, and the pod that it shares a breaker with, where there is one. */
export interface CaltechEvse {
  readonly phase: Phase
  readonly pod: 'AV' | 'CC' | undefined
}

/** Facts of the site as ACN-Sim's `caltech_acn` has them (zach401/acnportal, BSD-3-Clause). */
const PODS = {
  AV: [324, 325, 326, 327, 489, 490, 491, 492],
  CC: [322, 493, 496, 320, 495, 321, 323, 494],
}
const LINES: Readonly<Record<Phase, readonly number[]>> = {
  AB: [308, 508, 303, 513, 310, 506, 316, 500, 318, 498, ...PODS.AV, ...PODS.CC],
  BC: [304, 512, 305, 511, 313, 503, 311, 505, 317, 499, 148, 149, 212, 213],
  CA: [307, 509, 309, 507, 306, 510, 315, 501, 319, 497, 312, 504, 314, 502],
}
export const PHASES: readonly Phase[] = ['AB', 'BC', 'CA']

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
      const pod = PODS.AV.includes(number) ? 'AV' : PODS.CC.includes(number) ? 'CC' : undefined
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

/** The angle of a load's current, in degrees. */
const ANGLES: Readonly<Record<Phase, number>> = { AB: 30, BC: -90, CA: 150 }

/** A line current as a vector: its real and imaginary part for each ampere of a load. */
interface Line {
  readonly re: readonly number[]
  readonly im: readonly number[]
}
const lineOf = (parts: Readonly<Record<Phase, number>>, limit: number): Line => {
  const angles = PHASES.map((phase) => (ANGLES[phase] * Math.PI) / 180)
  return {
    re: PHASES.map((phase, index) => (parts[phase] * Math.cos(angles[index]!)) / limit),
    im: PHASES.map((phase, index) => (parts[phase] * Math.sin(angles[index]!)) / limit),
  }
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

/** The larger root in x of |current + x * part| = 1: how far a line's current may grow. */
const growth = (line: Line, loads: Pick<Loads, Phase>, phase: number): number => {
  const { re, im } = line
  const real = re[0]! * loads.AB + re[1]! * loads.BC + re[2]! * loads.CA
  const imaginary = im[0]! * loads.AB + im[1]! * loads.BC + im[2]! * loads.CA
  const square = re[phase]! ** 2 + im[phase]! ** 2
  const spare = 1 - real * real - imaginary * imaginary
  if (spare < 0) return -1
  if (square === 0) return Number.POSITIVE_INFINITY
  const half = re[phase]! * real + im[phase]! * imaginary
  return (Math.sqrt(half * half + square * spare) - half) / square
}

/** The garage as it is wired: loads in delta, a transformer of so many kW, its currents as vector sums on both sides, two pods. */
export const threePhase = (capKw: number): SiteLimits => {
  const perLine = (capKw * 1_000) / 3
  const lines = [
    ...SECONDARY_LINES.map((parts) => lineOf(parts, perLine / SECONDARY)),
    ...PRIMARY_LINES.map((parts) => lineOf(parts, (TURNS * perLine) / PRIMARY)),
  ]
  const usage = ({ AB, BC, CA, AV, CC }: Loads) => {
    let most = Math.max(AV, CC) / POD_AMPERES
    for (const { re, im } of lines)
      most = Math.max(most, Math.hypot(re[0]! * AB + re[1]! * BC + re[2]! * CA, im[0]! * AB + im[1]! * BC + im[2]! * CA))
    return most
  }
  const room = (loads: Pick<Loads, Phase>, phase: Phase) => {
    let least = Number.POSITIVE_INFINITY
    for (const line of lines) least = Math.min(least, growth(line, loads, PHASES.indexOf(phase)))
    return least
  }
  return { usage, room, podAmperes: POD_AMPERES }
}
