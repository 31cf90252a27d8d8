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

/** How near the currents of a site come to its limits: at most 1 when all keep them. */
export type Usage = (loads: Loads) => number

/** All on one phase behind one limit, in kW. */
export const singlePhase =
  (capKw: number): Usage =>
  ({ AB, BC, CA }) =>
    ((AB + BC + CA) * VOLTS) / (1_000 * capKw)

/** The garage as it is wired: loads in delta, a transformer of so many kW, its currents as vector sums on both sides, two pods. */
export const threePhase = (capKw: number): Usage => {
  const perLine = (capKw * 1_000) / 3
  const lines = [
    ...SECONDARY_LINES.map((parts) => lineOf(parts, perLine / SECONDARY)),
    ...PRIMARY_LINES.map((parts) => lineOf(parts, (TURNS * perLine) / PRIMARY)),
  ]
  return ({ AB, BC, CA, AV, CC }) => {
    let most = 0
    for (const { re, im } of lines) {
      const [real, imaginary] = [re[0]! * AB + re[1]! * BC + re[2]! * CA, im[0]! * AB + im[1]! * BC + im[2]! * CA]
      most = Math.max(most, real * real + imaginary * imaginary)
    }
    return Math.max(Math.sqrt(most), AV / POD_AMPERES, CC / POD_AMPERES)
  }
}
