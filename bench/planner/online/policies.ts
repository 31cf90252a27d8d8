import { type OnlineController, type OnlineSite, openController, steer, tellController } from '@voltway/domain/planning/online'
import { limitAt, planSite, type SiteProblem, whPerSlot } from '@voltway/domain/planning/site'
import { wattHours } from '@voltway/units'
import type { Guest, Policy } from './simulate-day.ts'

const mostOf = ({ car, left }: Guest, { slotLength }: SiteProblem): number => Math.min(left, whPerSlot(car.maxPower, slotLength))

/** All at full power from their arrival on, whatever the limits. */
export const uncontrolled =
  (problem: SiteProblem): Policy =>
  (_, guests) =>
    guests.map((guest) => mostOf(guest, problem))

type Rank = (guest: Guest, slot: number, problem: SiteProblem) => number

/** What a guest may still have of its nodes' rooms, which it takes. */
const take = ({ nodes }: SiteProblem, rooms: number[], at: { readonly node: number; readonly most: number }): number => {
  let share = at.most
  for (let node: number | undefined = at.node; node !== undefined; node = nodes[node]!.parent) share = Math.min(share, rooms[node]!)
  for (let node: number | undefined = at.node; node !== undefined; node = nodes[node]!.parent) rooms[node]! -= share
  return share
}

const roomsAt = ({ nodes, slotLength }: SiteProblem, slot: number): number[] =>
  nodes.map((node) => whPerSlot(limitAt(node, slot), slotLength))

/** Full power within the limits in an order. */
export const inOrder =
  (rank: Rank) =>
  (problem: SiteProblem): Policy =>
  (slot, guests) => {
    const rooms = roomsAt(problem, slot)
    const energies = guests.map(() => 0)
    const ranks = guests.map((guest) => rank(guest, slot, problem))
    for (const index of [...guests.keys()].sort((a, b) => ranks[a]! - ranks[b]! || guests[a]!.number - guests[b]!.number))
      energies[index] = take(problem, rooms, { node: guests[index]!.car.node, most: mostOf(guests[index]!, problem) })
    return energies
  }

export const firstCome: Rank = ({ car }) => car.arriveSlot
export const earliestDeadline: Rank = ({ car }) => car.departSlot
export const leastLaxity: Rank = ({ car, left }, slot, { slotLength }) => car.departSlot - slot - left / whPerSlot(car.maxPower, slotLength)

const ROUND_WH = 25

/** A little for each in turn, while there is room. */
export const roundRobin =
  (problem: SiteProblem): Policy =>
  (slot, guests) => {
    const rooms = roomsAt(problem, slot)
    const energies = guests.map(() => 0)
    let open = [...guests.keys()]
    while (open.length > 0)
      open = open.filter((index) => {
        const most = Math.min(ROUND_WH, mostOf(guests[index]!, problem) - energies[index]!)
        const share = take(problem, rooms, { node: guests[index]!.car.node, most })
        energies[index]! += share
        return share === ROUND_WH
      })
    return energies
  }

/** The cheapest plan of those who are there, made afresh in each slot, of which the first slot is kept. */
export const costOnly =
  (problem: SiteProblem): Policy =>
  (slot, guests) => {
    const wanting = guests.filter(({ left }) => left > 0)
    const cars = wanting.map(({ car, left }) => ({ ...car, arriveSlot: slot, need: wattHours(left) }))
    const planned = planSite({ ...problem, cars })
    if (!planned.ok) throw new Error(JSON.stringify(planned.failure))
    const { energyWh, offsets } = planned.value.plan
    const first = new Map(wanting.map(({ number }, index) => [number, energyWh[offsets[index]!]!]))
    return guests.map(({ number }) => first.get(number) ?? 0)
  }

const must = <Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: unknown }): Value => {
  if (result.ok) return result.value
  throw new Error(JSON.stringify(result.failure))
}

/** The online controller: told of arrivals and of time passing, nothing else. */
export const steered = (problem: SiteProblem, learnt: Pick<OnlineSite, 'day' | 'history' | 'caution'>): Policy => {
  const { cars: _, ...site } = problem
  const controller: OnlineController = must(openController({ ...site, ...learnt }))
  return (slot, guests) => {
    if (slot > 0) must(tellController(controller, { kind: 'slotPassed' }))
    for (const { number, car } of guests)
      if (car.arriveSlot === slot) must(tellController(controller, { kind: 'arrival', car: `${number}`, wish: car }))
    const { setPoints } = steer(controller)
    const energies = new Map(setPoints.map(({ car, energy }) => [car, energy]))
    return guests.map(({ number }) => energies.get(`${number}`) ?? 0)
  }
}
