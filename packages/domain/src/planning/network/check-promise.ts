import type { ChargePromise, UnservedCause } from './network-plan.ts'
import type { EvseGroup, NetworkDriver, NetworkSupply, Place, Plug } from './network-problem.ts'

/** A rule that a plan or its certificate breaks. */
export interface NetworkViolation {
  readonly code: 'shape' | 'place' | 'connector' | 'start' | 'duration' | 'price' | 'capacity' | 'cause' | 'cost' | 'certificate'
  readonly field: string
  readonly message: string
}

export type Report = (code: NetworkViolation['code'], field: string, message: string) => void

/** What a check goes by, and what it has counted so far. */
export interface Book {
  readonly supply: NetworkSupply
  readonly report: Report
  /** By station and group, what is used in each slot. */
  readonly used: readonly (readonly Int32Array[])[]
}

export const isAt = <Value extends number>(values: Value | readonly Value[], slot: number): Value =>
  typeof values === 'number' ? values : values[slot]!

/** Wh in a full slot by one connector; 0 when no inlet of the car fits it. */
const whBy = (supply: NetworkSupply, driver: NetworkDriver, { standard, maxPower }: Plug): number => {
  let most = 0
  for (const inlet of driver.plugs) if (inlet.standard === standard) most = Math.max(most, Math.min(inlet.maxPower, maxPower))
  return Math.floor((most * supply.slotLength) / 3_600_000 + 1e-6)
}

/** Wh in a full slot at a group: by the fastest connector that fits, which is the rule of the problem; 0 when none does. */
const whAt = (supply: NetworkSupply, driver: NetworkDriver, { connectors }: EvseGroup): number => {
  let most = 0
  for (const connector of connectors) most = Math.max(most, whBy(supply, driver, connector))
  return most
}

export interface Start {
  readonly place: Place
  readonly startSlot: number
  readonly slots: number
  /** Wh in a full slot. */
  readonly wh: number
}

/** What the energy costs, slot by slot, in micros. */
const energyCostOf = (supply: NetworkSupply, driver: NetworkDriver, { place, startSlot, slots, wh }: Start): number => {
  const { pricePerKwh } = supply.stations[place.station]!
  let nanos = 0
  let left: number = driver.energy
  for (let slot = startSlot; slot < startSlot + slots; slot++) {
    const taken = Math.min(wh, left)
    nanos += taken * isAt(pricePerKwh, slot)
    left -= taken
  }
  return Math.round(nanos / 1_000)
}

/** What waiting and the way cost, in micros. */
const wayCostOf = (supply: NetworkSupply, driver: NetworkDriver, { place, startSlot }: Start): number => {
  const minutes = (startSlot - place.arriveSlot) * (supply.slotLength / 60_000)
  return Math.round((minutes * driver.waitingPerHour) / 60) + place.detour
}

/** What a start costs in all, in micros; infinite where its energy is above the cap, or being unserved costs no more. */
export const openCostOf = (supply: NetworkSupply, driver: NetworkDriver, start: Start): number => {
  const energy = energyCostOf(supply, driver, start)
  const whole = energy + wayCostOf(supply, driver, start)
  return energy <= (driver.priceCap ?? energy) && whole < supply.unservedCost ? whole : Number.POSITIVE_INFINITY
}

const startFits = ({ slots, delayStep }: NetworkSupply, driver: NetworkDriver, start: Start): boolean => {
  const delay = start.startSlot - start.place.arriveSlot
  if (!(delay >= 0 && delay <= driver.mostDelaySlots && delay % delayStep === 0)) return false
  return start.startSlot + start.slots <= Math.min(slots, driver.departSlot ?? slots)
}

/** A driver, and where what is given to the driver stands. */
export interface Asked {
  readonly driver: NetworkDriver
  readonly field: string
}

/** Holds a promise against its driver's options, and counts it. @returns what it costs; 0 where that cannot be said */
export const checkPromise = ({ supply, report, used }: Book, { driver, field }: Asked, promise: ChargePromise): bigint => {
  const place = driver.places.find(({ station }) => station === promise.station)
  if (place === undefined) report('place', field, `is at station ${promise.station}, which the driver cannot reach`)
  const group = supply.stations[promise.station]?.evses[promise.evses]
  const connector = group?.connectors[promise.connector]
  const wh = group && connector ? whAt(supply, driver, group) : 0
  if (wh === 0 || whBy(supply, driver, connector!) !== wh)
    report('connector', field, 'is at a connector that is not there, does not fit, or is not the fastest that does')
  if (place === undefined || wh === 0) return 0n
  const { startSlot } = promise
  const slots = Math.ceil(driver.energy / wh)
  if (promise.slots !== slots) report('duration', field, `takes ${promise.slots} slots where the energy needs ${slots}`)
  const start: Start = { place, startSlot, slots, wh }
  if (!startFits(supply, driver, start)) {
    report('start', field, `begins in slot ${startSlot}, which is none of the driver's`)
    return 0n
  }
  const energy = energyCostOf(supply, driver, start)
  const whole = energy + wayCostOf(supply, driver, start)
  if (energy > (driver.priceCap ?? energy)) report('price', field, `costs ${energy} for the energy, more than ${driver.priceCap}`)
  if (whole >= supply.unservedCost) report('price', field, `costs ${whole}, no less than being unserved`)
  if (whole !== promise.cost) report('cost', field, `costs ${whole}, not ${promise.cost}`)
  const taken = used[promise.station]![promise.evses]!
  for (let slot = startSlot; slot < startSlot + slots; slot++) taken[slot]! += 1
  return BigInt(whole)
}

/**
 * Every start that a driver has, whatever it costs. The start is the visitor's until it returns: there are hundreds of them to each
 * booking, and whatever is made for each would soon have to be collected.
 */
export const eachStart = (supply: NetworkSupply, driver: NetworkDriver, visit: (start: Start, evses: number) => void): void => {
  for (const place of driver.places) {
    const groups = supply.stations[place.station]!.evses
    for (let evses = 0; evses < groups.length; evses++) {
      const wh = whAt(supply, driver, groups[evses]!)
      if (wh === 0) continue
      const start = { place, startSlot: place.arriveSlot, slots: Math.ceil(driver.energy / wh), wh }
      for (let delay = 0; delay <= driver.mostDelaySlots; delay += supply.delayStep) {
        start.startSlot = place.arriveSlot + delay
        if (startFits(supply, driver, start)) visit(start, evses)
      }
    }
  }
}

/** Whether nobody has been promised the last EVSE of a group in any slot of a start. */
export const isStartFree = ({ supply, used }: Book, { place: { station }, startSlot, slots }: Start, evses: number): boolean => {
  const { count } = supply.stations[station]!.evses[evses]!
  const taken = used[station]![evses]!
  for (let slot = startSlot; slot < startSlot + slots; slot++) if (taken[slot]! >= isAt(count, slot)) return false
  return true
}

/** Holds the cause that is given for an unserved driver against all starts, free or not. */
export const checkCause = (book: Book, { driver, field }: Asked, cause: UnservedCause): void => {
  const { supply, report } = book
  let found: UnservedCause = 'nothingFits'
  let isFree = false
  eachStart(supply, driver, (start, evses) => {
    if (openCostOf(supply, driver, start) === Number.POSITIVE_INFINITY) {
      if (found === 'nothingFits') found = 'tooDear'
      return
    }
    found = 'taken'
    if (isStartFree(book, start, evses)) isFree = true
  })
  if (found !== cause) report('cause', field, `is ${found}, not ${cause}`)
  else if (isFree) report('cause', field, 'has a start that nobody has taken')
}
