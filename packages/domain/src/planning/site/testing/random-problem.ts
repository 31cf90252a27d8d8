import { milliseconds, wattHours, watts } from '@voltway/units'
import { microsPerKwh, type SiteCar, type SiteNode, type SiteProblem } from '../site-problem.ts'

const whole = (random: () => number, from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
const times = <Value>(count: number, make: (index: number) => Value): Value[] => Array.from({ length: count }, (_, index) => make(index))

const randomNode = (random: () => number, index: number, slots: number): SiteNode => {
  const limit = () => watts(4 * whole(random, 0, index === 0 ? 6_000 : 4_000))
  const parent = index === 0 ? {} : { parent: whole(random, 0, index - 1) }
  return { ...parent, limit: random() < 0.5 ? limit() : times(slots, limit) }
}

/** A car at one of so many nodes. */
export const randomCar = (random: () => number, slots: number, nodes: number): SiteCar => {
  const arriveSlot = whole(random, 0, slots - 1)
  return {
    arriveSlot,
    departSlot: whole(random, arriveSlot + 1, slots),
    need: wattHours(whole(random, 1, 8_000)),
    maxPower: watts(4 * whole(random, 1, 3_000)),
    node: whole(random, 0, nodes - 1),
  }
}

/** A small site: a tree of any depth, limits that change with time or not, few or many prices, some of them negative, and often the sun. */
export const randomProblem = (random: () => number): SiteProblem => {
  const slots = whole(random, 1, random() < 0.2 ? 40 : 10)
  const nodes = times(whole(random, 1, 7), (index) => randomNode(random, index, slots))
  const spread = random() < 0.5 ? 4 : 400_000
  const pricePerKwh = times(slots, () => microsPerKwh(whole(random, -spread / 4, spread)))
  const cars = times(whole(random, 1, 14), () => randomCar(random, slots, nodes.length))
  const surplus = {
    power: times(slots, () => watts(4 * whole(random, 0, 2_000))),
    feedInPerKwh: pricePerKwh.map((price) => microsPerKwh(price - whole(random, 0, spread / 2))),
  }
  return { slotLength: milliseconds(900_000), pricePerKwh, nodes, cars, ...(random() < 0.3 ? { surplus } : {}) }
}

/** A site where not all can be served: few prices, low limits, priorities or not. */
export const crowdedProblem = (random: () => number): SiteProblem => {
  const problem = randomProblem(random)
  const classes = whole(random, 1, 3)
  const cars = problem.cars.map((car) => ({ ...car, need: wattHours(car.need * 3), priority: whole(random, 1, classes) }))
  return { ...problem, cars, fairness: 'maxMin' }
}
