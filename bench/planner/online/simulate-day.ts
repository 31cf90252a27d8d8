import { limitAt, type SiteCar, type SiteProblem, whPerSlot } from '@voltway/domain/planning/site'

/** A car that is there in a slot. */
export interface Guest {
  /** Its place in the day's list. */
  readonly number: number
  readonly car: SiteCar
  /** Wh that it still wants. */
  readonly left: number
}

/** Decides slot by slot, and is only told who is there. @returns Wh of each guest, in their order */
export type Policy = (slot: number, guests: readonly Guest[]) => ArrayLike<number>

export interface DayResult {
  readonly cars: number
  readonly neededWh: number
  readonly deliveredWh: number
  readonly costEur: number
  readonly fullyMet: number
  /** The highest load of the site against its limit. */
  readonly peakOverCap: number
  /** Slots in which some node carried more than its limit. */
  readonly overCapSlots: number
  /** Jain's index of the shares of their wishes that cars got: 1 when all got the same. */
  readonly jain: number
  /** What the site takes in each slot, in Wh. */
  readonly siteWh: readonly number[]
  /** Of each decision with somebody there. */
  readonly milliseconds: readonly number[]
}

/** Load of every node in a slot; it trusts no policy. */
const loadsOf = ({ nodes }: SiteProblem, guests: readonly Guest[], energies: ArrayLike<number>): readonly number[] => {
  const loads = nodes.map(() => 0)
  for (const [index, { car }] of guests.entries())
    for (let at: number | undefined = car.node; at !== undefined; at = nodes[at]!.parent) loads[at]! += energies[index]!
  return loads
}

const checkGuest = ({ number, car, left }: Guest, energy: number, problem: SiteProblem): void => {
  if (Number.isInteger(energy) && energy >= 0 && energy <= left && energy <= whPerSlot(car.maxPower, problem.slotLength)) return
  throw new Error(`car ${number} was given ${energy} Wh, of ${left} wanted at ${car.maxPower} W`)
}

/** Lives a day slot by slot under a policy, and measures it. */
export const simulateDay = (problem: SiteProblem, policy: Policy): DayResult => {
  const { cars, nodes, pricePerKwh, slotLength } = problem
  const left = cars.map(({ need }): number => need)
  const milliseconds: number[] = []
  const siteWh: number[] = []
  let [costEur, peakOverCap, overCapSlots] = [0, 0, 0]
  for (let slot = 0; slot < pricePerKwh.length; slot++) {
    const guests = cars.flatMap((car, number) =>
      car.arriveSlot <= slot && slot < car.departSlot ? [{ number, car, left: left[number]! }] : [],
    )
    const began = performance.now()
    const energies = policy(slot, guests)
    if (guests.length > 0) milliseconds.push(performance.now() - began)
    for (const [index, guest] of guests.entries()) {
      checkGuest(guest, energies[index]!, problem)
      left[guest.number]! -= energies[index]!
      costEur += (energies[index]! * pricePerKwh[slot]!) / 1e9
    }
    const caps = nodes.map((node) => whPerSlot(limitAt(node, slot), slotLength))
    const loads = loadsOf(problem, guests, energies)
    if (loads.some((load, node) => load > caps[node]!)) overCapSlots++
    siteWh.push(loads[0]!)
    peakOverCap = Math.max(peakOverCap, loads[0]! / caps[0]!)
  }
  const neededWh = cars.reduce((sum, { need }) => sum + need, 0)
  const shares = cars.map(({ need }, number) => 1 - left[number]! / need)
  const [sum, squares] = [shares.reduce((total, share) => total + share, 0), shares.reduce((total, share) => total + share * share, 0)]
  return {
    cars: cars.length,
    neededWh,
    deliveredWh: neededWh - left.reduce((total, wh) => total + wh, 0),
    costEur,
    fullyMet: left.filter((wh) => wh === 0).length,
    peakOverCap,
    overCapSlots,
    jain: sum ** 2 / (cars.length * squares),
    siteWh,
    milliseconds,
  }
}
