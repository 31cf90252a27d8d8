import type { FullModel, Mode, ModelCar } from './full-model.ts'

/** What a car wants at the prices of a case: energy in W over one slot, and slots in which it charges; and what they are worth. */
export interface Wanted {
  readonly energy: number
  readonly slotsOn: number
  readonly worth: number
}

/** What a car can get in some number of slots: whole steps from `from` to `to`. */
interface Reach {
  readonly from: number
  readonly to: number
  readonly step: number
}

/** What a car can get, by the number of slots in which it charges. */
export type Reaches = readonly (readonly Reach[])[]

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

/** Rooms of the best slots are taken one after the other: what they hold in each mode, and in whichever holds more. */
const sumsOf = ({ modes }: ModelCar, rooms: Float64Array) => {
  const fits = ({ least, step, most }: Mode, room: number) =>
    room < least ? Number.NEGATIVE_INFINITY : least + Math.floor((Math.min(room, most) - least) / step) * step
  const own = modes.map(() => [0])
  const either = [0]
  for (const room of rooms) {
    const powers = modes.map((mode) => fits(mode, room))
    for (const [mode, power] of powers.entries()) own[mode]!.push(own[mode]!.at(-1)! + power)
    either.push(either.at(-1)! + Math.max(...powers))
  }
  return { own, either }
}

/**
 * What a car can get by the number of slots in which it charges, when import is `high` at most: in steps of one mode, or in both modes, where
 * at least one slot has the least power of the one and at least one no more than the most of the other.
 */
export const reachesOf = ({ base, siteMost }: FullModel, car: ModelCar, high: number): Reaches => {
  const { arrive, depart, modes } = car
  const rooms = siteMost.map((room, slot) => Math.min(room, high - base[slot]!)).subarray(arrive, depart)
  const { own, either } = sumsOf(car, rooms.sort().reverse())
  const leasts = modes.map(({ least }) => least)
  const [low, top] = [Math.min(...leasts), Math.max(...leasts)]
  const step = modes.flatMap((mode) => [mode.least, mode.step]).reduce(divisor)
  const weaker = Math.min(...own.map((sums) => sums[1]!))
  return either.map((_, slots): readonly Reach[] => {
    if (slots === 0) return []
    const alone = modes.map((mode, at): Reach => ({ from: slots * mode.least, to: own[at]![slots]!, step: mode.step }))
    const holds = either[slots]! > 0 ? either[slots - 1]! + weaker : 0
    const both = { from: (slots - 1) * low + top, to: holds, step }
    return (modes.length > 1 && slots > 1 ? [...alone, both] : alone).filter(({ from, to }) => to >= from)
  })
}

/** Energy and slots of a car that are worth least together, what it lacks counted in: only what it can get in so many slots. */
export const leastWanted = (
  { needInSteps, most, shortfallPrice }: ModelCar,
  reaches: Reaches,
  at: { readonly price: number; readonly on: number },
): Wanted => {
  let best: Wanted = { energy: 0, slotsOn: 0, worth: shortfallPrice * needInSteps }
  for (const [slotsOn, own] of reaches.entries())
    for (const { from, to, step } of own) {
      const last = from + Math.floor((Math.min(to, most) - from) / step) * step
      const enough = from + Math.ceil((needInSteps - from) / step) * step
      // Linear on either side of what it needs.
      for (const energy of [from, enough - step, enough, last]) {
        if (energy < from || energy > last) continue
        const worth = at.price * energy + at.on * slotsOn + shortfallPrice * Math.max(0, needInSteps - energy)
        if (worth < best.worth) best = { energy, slotsOn, worth }
      }
    }
  return best
}
