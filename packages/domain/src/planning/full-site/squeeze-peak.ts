import { seeded } from '@voltway/units'
import { copyDraft, type Draft } from './draft.ts'
import type { FullModel } from './full-model.ts'
import { openRepacking, type Repacking, repackSlot, type Wants } from './repack-slot.ts'
import { peakOf, roughCost } from './round-plan.ts'

/** How often a slot is packed again for one target. */
const TRIES = 15_000
/** The first share of the peak that is to be saved, that of each further round, and the last; less after each that did not pay. */
const FIRST_CUT = 0.02
const NEXT_CUT = 0.005
const LAST_CUT = 0.001
const LESS = 0.6
/** It ends after so many rounds that did not pay. */
const IDLE = 3
/** What a W is worth to a car that lacks some, against the dearest import, at first and at most; by how much more each time that it still does. */
const FIRST_WORTH = 4
const MOST_WORTH = 64
const DEARER = 1.1
/** Worths are blurred by this share, so that of equal powers other ones are chosen each time. */
const BLUR = 0.15
/** How often all cars of a slot are packed again; otherwise each with this chance, so that those at a full node can be moved, too. */
const ALL = 0.8
const SOME = 0.3

interface Squeezing {
  readonly packing: Repacking
  readonly random: () => number
  /** What each movable car had at first: what did not fit then cannot be asked for below a lower peak. */
  readonly had: Float64Array
}

const givenOf = ({ model, movable }: Repacking, { power, offsets }: Draft): Float64Array => {
  const given = new Float64Array(model.cars.length)
  for (const car of movable) for (let place = offsets[car]!; place < offsets[car + 1]!; place++) given[car]! += power[place]!
  return given
}

/** Packs all slots above a peak again, each by itself. @returns whether all are below it then */
const cutOff = (packing: Repacking, draft: Draft, at: { readonly peak: number; readonly wants: Wants }): boolean => {
  const { base, slots } = packing.model
  for (let slot = 0; slot < slots; slot++) {
    if (base[slot]! + draft.load[slot]! <= at.peak) continue
    repackSlot(packing, draft, { ...at, slot, cars: packing.present[slot]! })
    if (base[slot]! + draft.load[slot]! > at.peak) return false
  }
  return true
}

/** Lets what a car lacks be worth more, and all by half once it would be too much. */
const raise = (worth: Float64Array, car: number, dearest: number): void => {
  worth[car]! *= DEARER
  if (worth[car]! < MOST_WORTH * dearest) return
  for (let each = 0; each < worth.length; each++) worth[each] = Math.max(dearest, worth[each]! / 2)
}

/** Brings a draft below a peak so that no car has less than it had, in its own place. @returns whether that was found */
const reach = ({ packing, random, had }: Squeezing, draft: Draft, peak: number): boolean => {
  const { model, movable, present } = packing
  const { cars, imported } = model
  const dearest = imported.reduce((most, price) => Math.max(most, price), 1)
  const lacking = givenOf(packing, draft).map((has, car) => Math.min(had[car]!, cars[car]!.needInSteps) - has)
  const worth = new Float64Array(cars.length).fill(FIRST_WORTH * dearest)
  const wants: Wants = { worth: worth.slice(), lacking }
  if (!cutOff(packing, draft, { peak, wants })) return false
  for (let tries = 0; tries < TRIES; tries++) {
    const short = movable.filter((car) => lacking[car]! > 0)
    if (short.length === 0) return true
    const car = short[Math.floor(random() * short.length)]!
    const slot = cars[car]!.arrive + Math.floor(random() * (cars[car]!.depart - cars[car]!.arrive))
    raise(worth, car, dearest)
    for (const one of present[slot]!) wants.worth[one] = worth[one]! * (1 + BLUR * random())
    const some = random() < ALL ? present[slot]! : present[slot]!.filter((one) => one === car || random() < SOME)
    repackSlot(packing, draft, { slot, cars: some, peak, wants })
  }
  return false
}

/**
 * Lowers the peak of a plan of few cars by small cuts, as long as that pays. What a cut takes from cars is given back slot by slot: one in which
 * a car that lacks something could charge is packed again, in whole steps of all that are there, so that now this, now that car lacks
 * something, until none does. So it is found that two cars fill a slot better together, which cars put in one by one do not see.
 * Pseudo-random from a fixed seed.
 * @param improve makes a draft cheaper below its peak, in its own place
 * @returns the cheapest draft found, the given one where none is cheaper
 */
export const squeezePeak = (model: FullModel, first: Draft, improve: (draft: Draft) => void): Draft => {
  const packing = model.demand > 0 ? openRepacking(model) : undefined
  if (!packing) return first
  const squeezing = { packing, random: seeded(model.cars.length), had: givenOf(packing, first) }
  /** Cuts that get smaller, from the cheapest draft so far. */
  const cheaper = (from: Draft, cuts: { readonly first: number }): Draft => {
    let [best, cost] = [from, roughCost(model, from)]
    for (let cut = cuts.first; cut > LAST_CUT; ) {
      const peak = peakOf(model, best)
      if (peak <= model.peakFree) break
      const draft = copyDraft(best)
      const isBelow = reach(squeezing, draft, Math.max(model.peakFree, Math.floor(peak * (1 - cut))))
      if (isBelow) improve(draft)
      const now = isBelow ? roughCost(model, draft) : cost
      if (now < cost) [best, cost] = [draft, now]
      else cut *= LESS
    }
    return best
  }
  let best = cheaper(first, { first: FIRST_CUT })
  // Where nothing could be saved at once, the peak is most often as low as it can be.
  for (let idle = best === first ? IDLE : 0; idle < IDLE; ) {
    const next = cheaper(best, { first: NEXT_CUT })
    idle = next === best ? idle + 1 : 0
    best = next
  }
  return best
}
