import type { EvseGroup, NetworkDriver, NetworkProblem, NetworkSupply, Plug } from './network-problem.ts'

/**
 * All options of all drivers by columns. A row is a group of EVSEs; a cell is a slot of a row, `row * stride + slot`, with one
 * cell more than slots at the end of each row so that sums up to a slot have a place. A run is the options of one driver on one
 * row: all of the same length, with a start every `step` slots. A driver's runs begin with the one that has the cheapest option.
 */
export interface NetworkOptions {
  readonly drivers: number
  readonly rows: number
  readonly stride: number
  readonly step: number
  /** EVSEs in each cell. */
  readonly capacity: Int32Array
  readonly rowStation: Int32Array
  /** The group's place at its station. */
  readonly rowEvses: Int32Array
  /** Where the runs of a driver begin; one more than there are drivers. */
  readonly runs: Int32Array
  readonly runRow: Int32Array
  readonly runConnector: Int32Array
  /** The cell of the first start. */
  readonly runCell: Int32Array
  readonly runLength: Int32Array
  /** The place in `driver.places`. */
  readonly runPlace: Int32Array
  /** The cost of its cheapest option. */
  readonly runLeast: Float64Array
  /** Where the options of a run begin in `cost`, and how many there are. */
  readonly runOption: Int32Array
  readonly runCount: Int32Array
  /** Micros of each option; infinite where it is above a cap. */
  readonly cost: Float64Array
  /** Whether a driver has options that only a cap rules out. */
  readonly isCapped: Uint8Array
  readonly unservedCost: number
}

/** The groups of a network in a row, and its prices summed so that a charge of any length is priced at once. */
export interface SupplyRows {
  readonly supply: NetworkSupply
  /** The first row of each station. */
  readonly first: Int32Array
  readonly station: Int32Array
  readonly evses: Int32Array
  readonly capacity: Int32Array
  /** Micros for one kWh summed up to each slot, by station. */
  readonly priceSums: readonly Float64Array[]
}

const sumsOf = (price: number | readonly number[], slots: number): Float64Array => {
  const sums = new Float64Array(slots + 1)
  for (let slot = 0; slot < slots; slot++) sums[slot + 1] = sums[slot]! + (typeof price === 'number' ? price : price[slot]!)
  return sums
}

export const supplyRows = (supply: NetworkSupply): SupplyRows => {
  const { stations, slots } = supply
  const groups = stations.flatMap(({ evses }, station) => evses.map(({ count }, index) => ({ station, index, count })))
  const capacity = new Int32Array(groups.length * (slots + 1))
  for (const [row, { count }] of groups.entries())
    for (let slot = 0, cell = row * (slots + 1); slot < slots; slot++, cell++)
      capacity[cell] = typeof count === 'number' ? count : count[slot]!
  const first = new Int32Array(stations.length)
  for (let station = 1; station < stations.length; station++) first[station] = first[station - 1]! + stations[station - 1]!.evses.length
  return {
    supply,
    first,
    station: Int32Array.from(groups, ({ station }) => station),
    evses: Int32Array.from(groups, ({ index }) => index),
    capacity,
    priceSums: stations.map(({ pricePerKwh }) => sumsOf(pricePerKwh, slots)),
  }
}

/** Columns of runs and options while they are being filled. */
interface Columns {
  readonly row: Int32Array
  readonly connector: Int32Array
  readonly cell: Int32Array
  readonly length: Int32Array
  readonly place: Int32Array
  readonly least: Float64Array
  readonly option: Int32Array
  readonly count: Int32Array
  cost: Float64Array
  runs: number
  options: number
}

const openColumns = (runs: number, options: number): Columns => ({
  row: new Int32Array(runs),
  connector: new Int32Array(runs),
  cell: new Int32Array(runs),
  length: new Int32Array(runs),
  place: new Int32Array(runs),
  least: new Float64Array(runs),
  option: new Int32Array(runs),
  count: new Int32Array(runs),
  cost: new Float64Array(options),
  runs: 0,
  options: 0,
})

/** The fastest way to plug a car into an EVSE, the first of those that are as fast: `power` is 0 when nothing fits. */
const fitting = { connector: -1, power: 0 }
const findFitting = ({ connectors }: EvseGroup, plugs: readonly Plug[]): void => {
  fitting.power = 0
  for (let connector = 0; connector < connectors.length; connector++)
    for (let inlet = 0; inlet < plugs.length; inlet++) {
      if (plugs[inlet]!.standard !== connectors[connector]!.standard) continue
      const power = Math.min(connectors[connector]!.maxPower, plugs[inlet]!.maxPower)
      if (power <= fitting.power) continue
      fitting.connector = connector
      fitting.power = power
    }
}

interface Charge {
  readonly driver: NetworkDriver
  readonly arriveSlot: number
  readonly detour: number
  /** Wh in each slot but the last. */
  readonly perSlot: number
  readonly length: number
  readonly latest: number
  readonly sums: Float64Array
}

/** Appends the costs of a run's options, each rounded once to whole micros. @returns the least; infinite when none is open */
const addCosts = (supply: NetworkSupply, columns: Columns, charge: Charge): number => {
  const { driver, arriveSlot, detour, perSlot, length, latest, sums } = charge
  const rest = driver.energy - perSlot * (length - 1)
  const cap = driver.priceCap ?? Number.POSITIVE_INFINITY
  const waitPerSlot = (supply.slotLength / 60_000) * driver.waitingPerHour
  let least = Number.POSITIVE_INFINITY
  for (let start = arriveSlot; start <= latest; start += supply.delayStep) {
    const before = sums[start + length - 1]!
    const nanos = perSlot * (before - sums[start]!) + rest * (sums[start + length]! - before)
    const energy = Math.floor((nanos + 500) / 1_000)
    const whole = energy + Math.floor(((start - arriveSlot) * waitPerSlot + 30) / 60) + detour
    const cost = energy > cap || whole >= supply.unservedCost ? Number.POSITIVE_INFINITY : whole
    columns.cost[columns.options++] = cost
    if (cost < least) least = cost
  }
  return least
}

/** Moves the run that was added last to where the driver's runs stay in order of their cheapest option. */
const settleRun = ({ row, connector, cell, length, place, least, option, count, runs }: Columns, from: number): void => {
  const value = least[runs]!
  let at = runs
  while (at > from && least[at - 1]! > value) at--
  if (at === runs) return
  for (const column of [row, connector, cell, length, place, least, option, count]) {
    const moved = column[runs]!
    column.copyWithin(at + 1, at, runs)
    column[at] = moved
  }
}

/** Appends the runs of one driver. @returns whether a cap ruled out anything that would fit */
const addDriver = ({ supply, first, priceSums }: SupplyRows, driver: NetworkDriver, columns: Columns): boolean => {
  const end = Math.min(supply.slots, driver.departSlot ?? supply.slots)
  const from = columns.runs
  let isCapped = false
  for (let place = 0; place < driver.places.length; place++) {
    const { station, arriveSlot, detour } = driver.places[place]!
    const { evses } = supply.stations[station]!
    for (let index = 0; index < evses.length; index++) {
      findFitting(evses[index]!, driver.plugs)
      const perSlot = Math.floor((fitting.power * supply.slotLength) / 3_600_000 + 1e-6)
      if (perSlot === 0) continue
      const length = Math.ceil(driver.energy / perSlot)
      const latest = Math.min(arriveSlot + driver.mostDelaySlots, end - length)
      if (latest < arriveSlot) continue
      const option = columns.options
      const least = addCosts(supply, columns, { driver, arriveSlot, detour, perSlot, length, latest, sums: priceSums[station]! })
      if (least === Number.POSITIVE_INFINITY) {
        isCapped = true
        columns.options = option
        continue
      }
      const { runs } = columns
      const row = first[station]! + index
      columns.row[runs] = row
      columns.connector[runs] = fitting.connector
      columns.cell[runs] = row * (supply.slots + 1) + arriveSlot
      columns.length[runs] = length
      columns.place[runs] = place
      columns.least[runs] = least
      columns.option[runs] = option
      columns.count[runs] = columns.options - option
      settleRun(columns, from)
      columns.runs++
    }
  }
  return isCapped
}

/** How many runs and options drivers can have at most. */
const mostOf = ({ stations, delayStep }: NetworkSupply, drivers: readonly NetworkDriver[]) => {
  let runs = 0
  let options = 0
  for (const { places, mostDelaySlots } of drivers) {
    let own = 0
    for (let place = 0; place < places.length; place++) own += stations[places[place]!.station]!.evses.length
    runs += own
    options += own * (Math.floor(mostDelaySlots / delayStep) + 1)
  }
  return { runs, options }
}

/** The options of drivers at a network whose rows are known. */
export const optionsOf = (rows: SupplyRows, drivers: readonly NetworkDriver[]): NetworkOptions => {
  const { supply } = rows
  const most = mostOf(supply, drivers)
  const columns = openColumns(most.runs, most.options)
  const runs = new Int32Array(drivers.length + 1)
  const isCapped = new Uint8Array(drivers.length)
  for (let driver = 0; driver < drivers.length; driver++) {
    isCapped[driver] = addDriver(rows, drivers[driver]!, columns) ? 1 : 0
    runs[driver + 1] = columns.runs
  }
  return {
    drivers: drivers.length,
    rows: rows.station.length,
    stride: supply.slots + 1,
    step: supply.delayStep,
    capacity: rows.capacity,
    rowStation: rows.station,
    rowEvses: rows.evses,
    runs,
    runRow: columns.row,
    runConnector: columns.connector,
    runCell: columns.cell,
    runLength: columns.length,
    runPlace: columns.place,
    runLeast: columns.least,
    runOption: columns.option,
    runCount: columns.count,
    cost: columns.cost,
    isCapped,
    unservedCost: supply.unservedCost,
  }
}

/** All options of a problem. */
export const networkOptions = (problem: NetworkProblem): NetworkOptions => optionsOf(supplyRows(problem), problem.drivers)
