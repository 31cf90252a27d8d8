import type { ChargePromise, NetworkCertificate, NetworkPlan, UnservedCause } from './network-plan.ts'
import type { NetworkDriver, NetworkProblem, Place, Plug } from './network-problem.ts'

/** A rule that a plan or its certificate breaks. */
export interface NetworkViolation {
  readonly code: 'shape' | 'place' | 'connector' | 'start' | 'duration' | 'price' | 'capacity' | 'cause' | 'cost' | 'certificate'
  readonly field: string
  readonly message: string
}

export interface NetworkPlanCheck {
  /** Empty when the plan keeps every rule and says of itself what is true. */
  readonly violations: readonly NetworkViolation[]
  readonly totalMicros: bigint
  /** No plan at all can cost less: proved by the certificate's prices. */
  readonly boundMicros: bigint
}

type Report = (code: NetworkViolation['code'], field: string, message: string) => void

interface Book {
  readonly problem: NetworkProblem
  readonly report: Report
  /** By station and group, what is used in each slot. */
  readonly used: readonly (readonly Int32Array[])[]
}

const isAt = <Value extends number>(values: Value | readonly Value[], slot: number): Value =>
  typeof values === 'number' ? values : values[slot]!

interface Charge {
  /** Wh in a full slot. */
  readonly wh: number
  readonly slots: number
}

/** Wh in a full slot by one connector; 0 when no inlet of the car fits it. */
const whBy = (problem: NetworkProblem, driver: NetworkDriver, { standard, maxPower }: Plug): number => {
  const powers = driver.plugs.filter((inlet) => inlet.standard === standard).map((inlet) => Math.min(inlet.maxPower, maxPower))
  return Math.floor((Math.max(0, ...powers) * problem.slotLength) / 3_600_000 + 1e-6)
}

/** How a driver charges at a group: by the fastest connector that fits, which is the rule of the problem; undefined when none does. */
const chargeAt = (
  problem: NetworkProblem,
  driver: NetworkDriver,
  at: { readonly station: number; readonly evses: number },
): Charge | undefined => {
  const connectors = problem.stations[at.station]?.evses[at.evses]?.connectors ?? []
  const wh = Math.max(0, ...connectors.map((connector) => whBy(problem, driver, connector)))
  return wh > 0 ? { wh, slots: Math.ceil(driver.energy / wh) } : undefined
}

interface Start {
  readonly place: Place
  readonly startSlot: number
  readonly slots: number
  /** Wh in a full slot. */
  readonly wh: number
}

/** What the energy costs, slot by slot, and the whole; both in micros. */
const costsOf = (problem: NetworkProblem, driver: NetworkDriver, { place, startSlot, slots, wh }: Start) => {
  const { pricePerKwh } = problem.stations[place.station]!
  let nanos = 0
  let left: number = driver.energy
  for (let slot = startSlot; slot < startSlot + slots; slot++) {
    const taken = Math.min(wh, left)
    nanos += taken * isAt(pricePerKwh, slot)
    left -= taken
  }
  const energy = Math.round(nanos / 1_000)
  const minutes = (startSlot - place.arriveSlot) * (problem.slotLength / 60_000)
  return { energy, whole: energy + Math.round((minutes * driver.waitingPerHour) / 60) + place.detour }
}

const startFits = ({ slots, delayStep }: NetworkProblem, driver: NetworkDriver, start: Start): boolean => {
  const delay = start.startSlot - start.place.arriveSlot
  if (!(delay >= 0 && delay <= driver.mostDelaySlots && delay % delayStep === 0)) return false
  return start.startSlot + start.slots <= Math.min(slots, driver.departSlot ?? slots)
}

const checkPromise = ({ problem, report, used }: Book, index: number, promise: ChargePromise): bigint => {
  const driver = problem.drivers[index]!
  const field = `outcomes[${index}]`
  const place = driver.places.find(({ station }) => station === promise.station)
  if (place === undefined) report('place', field, `is at station ${promise.station}, which the driver cannot reach`)
  const connector = problem.stations[promise.station]?.evses[promise.evses]?.connectors[promise.connector]
  const charge = connector && chargeAt(problem, driver, promise)
  if (charge === undefined || whBy(problem, driver, connector!) !== charge.wh)
    report('connector', field, 'is at a connector that is not there, does not fit, or is not the fastest that does')
  if (place === undefined || charge === undefined) return 0n
  const { startSlot } = promise
  if (promise.slots !== charge.slots) report('duration', field, `takes ${promise.slots} slots where the energy needs ${charge.slots}`)
  const start: Start = { place, startSlot, slots: charge.slots, wh: charge.wh }
  if (!startFits(problem, driver, start)) {
    report('start', field, `begins in slot ${startSlot}, which is none of the driver's`)
    return 0n
  }
  const { energy, whole } = costsOf(problem, driver, start)
  if (energy > (driver.priceCap ?? energy)) report('price', field, `costs ${energy} for the energy, more than ${driver.priceCap}`)
  if (whole >= problem.unservedCost) report('price', field, `costs ${whole}, no less than being unserved`)
  if (whole !== promise.cost) report('cost', field, `costs ${whole}, not ${promise.cost}`)
  const taken = used[promise.station]![promise.evses]!
  for (let slot = startSlot; slot < startSlot + charge.slots; slot++) taken[slot]! += 1
  return BigInt(whole)
}

const checkCapacity = ({ problem, report, used }: Book): void => {
  for (const [station, { evses }] of problem.stations.entries())
    for (const [index, { count }] of evses.entries())
      for (let slot = 0; slot < problem.slots; slot++)
        if (used[station]![index]![slot]! > isAt(count, slot))
          report(
            'capacity',
            `stations[${station}].evses[${index}]`,
            `is promised ${used[station]![index]![slot]} times in slot ${slot}, and has ${isAt(count, slot)}`,
          )
}

/** Every start that a driver has, whatever it costs. */
const eachStart = (problem: NetworkProblem, driver: NetworkDriver, visit: (start: Start, evses: number) => void): void => {
  for (const place of driver.places)
    for (const evses of problem.stations[place.station]!.evses.keys()) {
      const charge = chargeAt(problem, driver, { station: place.station, evses })
      if (charge === undefined) continue
      for (let delay = 0; delay <= driver.mostDelaySlots; delay += problem.delayStep) {
        const start: Start = { place, startSlot: place.arriveSlot + delay, ...charge }
        if (startFits(problem, driver, start)) visit(start, evses)
      }
    }
}

const isOpen = (problem: NetworkProblem, driver: NetworkDriver, { energy, whole }: { readonly energy: number; readonly whole: number }) =>
  energy <= (driver.priceCap ?? energy) && whole < problem.unservedCost

/** Holds the cause that is given for an unserved driver against all starts, free or not. */
const checkCause = ({ problem, report, used }: Book, index: number, cause: UnservedCause): void => {
  const driver = problem.drivers[index]!
  let found: UnservedCause = 'nothingFits'
  let isFree = false
  eachStart(problem, driver, (start, evses) => {
    if (!isOpen(problem, driver, costsOf(problem, driver, start))) {
      if (found === 'nothingFits') found = 'tooDear'
      return
    }
    found = 'taken'
    const { station } = start.place
    const { count } = problem.stations[station]!.evses[evses]!
    let slot = start.startSlot
    while (slot < start.startSlot + start.slots && used[station]![evses]![slot]! < isAt(count, slot)) slot++
    if (slot === start.startSlot + start.slots) isFree = true
  })
  if (found !== cause) report('cause', `outcomes[${index}]`, `is ${found}, not ${cause}`)
  else if (isFree) report('cause', `outcomes[${index}]`, 'has a start that nobody has taken')
}

/** Prices summed up to each slot by station and group, with what all capacity is worth; undefined when they cannot be read. */
const readPrices = ({ stations, slots }: NetworkProblem, { slotPrice }: NetworkCertificate) => {
  if (slotPrice.length !== slots * stations.reduce((sum, { evses }) => sum + evses.length, 0)) return undefined
  if (!slotPrice.every((price) => Number.isSafeInteger(price) && price >= 0)) return undefined
  let worth = 0n
  let at = 0
  const sums = stations.map(({ evses }) =>
    evses.map(({ count }) => {
      const sum = new Float64Array(slots + 1)
      for (let slot = 0; slot < slots; slot++, at++) {
        sum[slot + 1] = sum[slot]! + slotPrice[at]!
        if (slotPrice[at]! > 0) worth += BigInt(slotPrice[at]!) * BigInt(isAt(count, slot))
      }
      return sum
    }),
  )
  return sums.flat().every((sum) => Number.isSafeInteger(sum[slots])) ? { sums, worth } : undefined
}

/** What all drivers cost at least where EVSEs have these prices, less what the prices bring: no plan costs less. */
const boundOf = (problem: NetworkProblem, { sums, worth }: NonNullable<ReturnType<typeof readPrices>>): bigint => {
  let bound = -worth
  for (const driver of problem.drivers) {
    let least: number = problem.unservedCost
    eachStart(problem, driver, (start, evses) => {
      const costs = costsOf(problem, driver, start)
      if (!isOpen(problem, driver, costs)) return
      const sum = sums[start.place.station]![evses]!
      least = Math.min(least, costs.whole + sum[start.startSlot + start.slots]! - sum[start.startSlot]!)
    })
    bound += BigInt(least)
  }
  return bound
}

/**
 * Checks a plan without trusting who made it: that every promise is one of its driver's options, that no group of EVSEs is promised
 * more often than it has EVSEs in any slot, every cause and the cost; and computes from the certificate's prices a cost that no plan can be
 * below, in whole numbers (weak duality: any prices give a true bound). The problem itself must be sound (`networkFaults`).
 */
export const checkNetworkPlan = (problem: NetworkProblem, plan: NetworkPlan, certificate: NetworkCertificate): NetworkPlanCheck => {
  const violations: NetworkViolation[] = []
  const report: Report = (code, field, message) => violations.push({ code, field, message })
  const { outcomes } = plan
  if (outcomes.length !== problem.drivers.length) {
    report('shape', 'outcomes', `has ${outcomes.length} outcomes for ${problem.drivers.length} drivers`)
    return { violations, totalMicros: plan.totalMicros, boundMicros: 0n }
  }
  const used = problem.stations.map(({ evses }) => evses.map(() => new Int32Array(problem.slots)))
  const book: Book = { problem, report, used }
  let totalMicros = 0n
  for (const [index, outcome] of outcomes.entries())
    totalMicros += typeof outcome === 'string' ? BigInt(problem.unservedCost) : checkPromise(book, index, outcome)
  checkCapacity(book)
  for (const [index, outcome] of outcomes.entries()) if (typeof outcome === 'string') checkCause(book, index, outcome)
  if (totalMicros !== plan.totalMicros) report('cost', 'totalMicros', `is ${totalMicros}, not ${plan.totalMicros}`)
  const prices = readPrices(problem, certificate)
  if (prices === undefined) report('certificate', 'slotPrice', 'must be whole numbers, none negative, one for each group and slot')
  return { violations, totalMicros, boundMicros: prices ? boundOf(problem, prices) : 0n }
}
