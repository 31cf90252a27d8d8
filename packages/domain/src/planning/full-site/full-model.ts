import type { FullSiteCar, FullSiteProblem, PhaseConnection } from './full-site-problem.ts'

/** How a car draws, as a column of tables: from L1, L2, L3, or evenly from all. */
export const THREE = 3
export const KINDS = 4

/** Powers of one way to draw, in W: nothing, or `least`, then in steps, to `most`. */
export interface Mode {
  readonly kind: number
  readonly least: number
  readonly step: number
  readonly most: number
}

/** A battery in W over one slot; efficiencies as factors. */
export interface ModelBattery {
  readonly give: number
  /** Stored for what is metered. */
  readonly into: number
  /** Taken from what is stored for what is metered. */
  readonly out: number
  readonly wear: number
  readonly stored: number
  readonly least: number
  readonly most: number
  /** To be stored at departure. */
  readonly due: number
}

/** How rarely a car may be switched between its two modes. */
export interface ModelHold {
  /** Slots from one switch to the next, at least. */
  readonly slots: number
  /** Mode in use before its window; undefined where it may begin with either. */
  readonly before: number | undefined
  /** Slots of its window in which it may not be switched yet. */
  readonly heldFor: number
}

export interface ModelCar {
  readonly arrive: number
  readonly depart: number
  readonly node: number
  /** One, or a single phase and all three for a car that can be switched. */
  readonly modes: readonly Mode[]
  /** Asked for, in W over one slot. */
  readonly need: number
  /** The same as its steps can make it: what it lacks is priced against this, in whole steps. */
  readonly needInSteps: number
  /** Most that it may get. */
  readonly most: number
  readonly shortfallPrice: number
  readonly mostRuns: number
  readonly leastRun: number
  /** Undefined for a car that cannot be switched. */
  readonly hold: ModelHold | undefined
  readonly battery: ModelBattery | undefined
}

/** A problem in the planner's own terms. Energy is in W over one slot, prices in micros per kWh: their product times `hours` is billionths. */
export interface FullModel {
  readonly slots: number
  readonly hours: number
  readonly cars: readonly ModelCar[]
  /** Above each node; -1 for the site. */
  readonly parent: Int32Array
  /** What the site takes without cars. */
  readonly base: Float64Array
  readonly imported: Float64Array
  readonly fedIn: Float64Array
  /** Most and least that all cars together may take, by slot. */
  readonly siteMost: Float64Array
  readonly siteLeast: Float64Array
  /** At `node * slots + slot`. */
  readonly nodeLimit: Float64Array
  /** For cars, at `(node * 3 + phase) * slots + slot`; infinite where there is no limit. */
  readonly phaseMost: Float64Array
  readonly phaseLeast: Float64Array
  readonly hasPhases: readonly boolean[]
  /** Price of the peak, for a kWh in one slot. */
  readonly demand: number
  /** The peak below which nothing can be saved: so far, or without any car where none gives back. */
  readonly peakFree: number
  /** The peak without any car, or so far. */
  readonly peakAlone: number
  readonly shortfallPrice: number
}

const at = (limit: number | readonly number[], slot: number): number => (typeof limit === 'number' ? limit : limit[slot]!)

const modeOf = ({ current, leastPower, maxPower, connection }: FullSiteCar, phases: number, kind: number): Mode => {
  const part = typeof connection === 'object' ? 3 / phases : 1
  if (!current) return { kind, least: Math.max(1, Math.ceil((leastPower ?? 0) / part)), step: 1, most: Math.floor(maxPower / part) }
  const unit = current.volts * phases
  const [least, step] = [current.least * unit, current.step * unit]
  const most = least + Math.floor((Math.min(current.most * unit, maxPower) - least) / step) * step
  return { kind, least, step, most }
}

const kindOf = (connection: PhaseConnection): number =>
  connection === 'three' ? THREE : ['L1', 'L2', 'L3'].indexOf(typeof connection === 'string' ? connection : connection.switchable)

const modesOf = (car: FullSiteCar): readonly Mode[] => {
  const { connection = 'three' } = car
  const own = modeOf(car, connection === 'three' ? 3 : 1, kindOf(connection))
  if (typeof connection === 'string') return [own]
  return [own, modeOf(car, 3, THREE)].filter(({ least, most }) => most >= least)
}

const holdOf = ({ connection, arriveSlot, departSlot }: FullSiteCar, modes: readonly Mode[]): ModelHold | undefined => {
  if (typeof connection !== 'object' || modes.length === 1) return undefined
  const { leastHold = 1, inUse, heldFor = 0 } = connection
  const before = inUse && modes.findIndex(({ kind }) => (kind === THREE) === (inUse === 3))
  return { slots: Math.min(leastHold, departSlot - arriveSlot), before, heldFor }
}

/** Whether a car may be paused as often and for as short as one likes. */
export const pausesAtWill = ({ mostRuns, leastRun }: ModelCar): boolean => mostRuns === Number.POSITIVE_INFINITY && leastRun === 1

/** Whether a car is switched, and not at will. */
export const isHeld = ({ hold }: ModelCar): boolean => hold !== undefined && (hold.slots > 1 || hold.heldFor > 0)

const batteryOf = ({ vehicleToGrid, need }: FullSiteCar, hours: number): ModelBattery | undefined =>
  vehicleToGrid && {
    give: Math.floor(vehicleToGrid.maxPower),
    into: vehicleToGrid.efficiencyIn / 1_000,
    out: 1_000 / vehicleToGrid.efficiencyOut,
    wear: vehicleToGrid.wearPerKwh,
    stored: vehicleToGrid.stored / hours,
    least: vehicleToGrid.leastStored / hours,
    most: vehicleToGrid.mostStored / hours,
    due: (vehicleToGrid.stored + need) / hours,
  }

/** All that a car can be given is a multiple of this, however it is switched. */
const commonStep = (modes: readonly Mode[]): number => {
  let common = 0
  for (const value of modes.flatMap(({ least, step }) => [least, step])) {
    let [a, b] = [value, common]
    while (b > 0) [a, b] = [b, a % b]
    common = a
  }
  return common
}

const carOf = (car: FullSiteCar, hours: number, shortfallPrice: number): ModelCar => {
  const modes = modesOf(car)
  const need = Math.floor(car.need / hours + 1e-9)
  const step = commonStep(modes)
  const window = car.departSlot - car.arriveSlot
  return {
    arrive: car.arriveSlot,
    depart: car.departSlot,
    node: car.node,
    modes,
    need,
    needInSteps: Math.ceil(need / step) * step,
    most: need === 0 ? 0 : need + Math.max(...modes.map(({ least, step }) => Math.max(least, step))) - 1,
    shortfallPrice: shortfallPrice * (1 + (car.priority ?? 0)),
    mostRuns: (car.mostPauses ?? Number.POSITIVE_INFINITY) + 1,
    leastRun: Math.min(car.leastRun ?? 1, window),
    hold: holdOf(car, modes),
    battery: batteryOf(car, hours),
  }
}

const shortfallPriceOf = ({ pricePerKwh, solar, demandCharge, shortfallPerKwh }: FullSiteProblem, hours: number): number => {
  if (shortfallPerKwh !== undefined) return shortfallPerKwh
  let [low, high] = [0, 0]
  for (const price of [...pricePerKwh, ...(solar?.feedInPerKwh ?? [])]) {
    low = Math.min(low, price)
    high = Math.max(high, price)
  }
  return Math.ceil(2 * (high - low + (demandCharge?.pricePerKw ?? 0) / hours)) + 1_000_000
}

const limitsOf = (problem: FullSiteProblem, base: Float64Array) => {
  const { nodes } = problem
  const slots = base.length
  const nodeLimit = new Float64Array(nodes.length * slots)
  const phaseMost = new Float64Array(nodes.length * 3 * slots).fill(Number.POSITIVE_INFINITY)
  const phaseLeast = new Float64Array(nodes.length * 3 * slots).fill(Number.NEGATIVE_INFINITY)
  for (const [node, { limit, phases }] of nodes.entries())
    for (let slot = 0; slot < slots; slot++) {
      nodeLimit[node * slots + slot] = at(limit, slot)
      if (!phases) continue
      const [most, own] = [at(phases.limit, slot) * phases.volts, node === 0 ? base[slot]! / 3 : 0]
      for (let phase = 0; phase < 3; phase++) {
        const taken = own + (phases.others?.[phase] ?? 0)
        phaseMost[(node * 3 + phase) * slots + slot] = Math.max(0, most - taken)
        phaseLeast[(node * 3 + phase) * slots + slot] = Math.min(0, -most - taken)
      }
    }
  return { nodeLimit, phaseMost, phaseLeast, hasPhases: nodes.map(({ phases }) => phases !== undefined) }
}

/** Reads a sound problem into tables. */
export const fullModelOf = (problem: FullSiteProblem): FullModel => {
  const { pricePerKwh, nodes, cars, load, solar, demandCharge, exportLimit = 0 } = problem
  const slots = pricePerKwh.length
  const hours = problem.slotLength / 3_600_000
  const base = Float64Array.from(pricePerKwh, (_, slot) => (load?.[slot] ?? 0) - (solar?.power[slot] ?? 0))
  const limits = limitsOf(problem, base)
  const peakAlone = base.reduce((most, own) => Math.max(most, own), demandCharge?.peakSoFar ?? 0)
  const shortfallPrice = shortfallPriceOf(problem, hours)
  return {
    slots,
    hours,
    cars: cars.map((car) => carOf(car, hours, shortfallPrice)),
    parent: Int32Array.from(nodes, ({ parent }) => parent ?? -1),
    base,
    imported: Float64Array.from(pricePerKwh),
    fedIn: Float64Array.from(pricePerKwh, (price, slot) => solar?.feedInPerKwh[slot] ?? Math.min(0, price)),
    siteMost: base.map((own, slot) => Math.max(0, limits.nodeLimit[slot]! - own)),
    siteLeast: base.map((own, slot) => Math.min(0, -Math.max(-own, Math.min(exportLimit, limits.nodeLimit[slot]!)) - own)),
    ...limits,
    demand: (demandCharge?.pricePerKw ?? 0) / hours,
    peakFree: cars.some(({ vehicleToGrid }) => vehicleToGrid) ? (demandCharge?.peakSoFar ?? 0) : peakAlone,
    peakAlone,
    shortfallPrice,
  }
}
