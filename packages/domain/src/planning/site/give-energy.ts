import type { Gift, Network } from './network.ts'

/** What a car has in a slot: the bit sets say it for most, and are smaller than the energies. */
export const energyAt = ({ cars }: Network, position: number, slot: number): number => {
  const at = slot * cars.words + (position >>> 5)
  const bit = 1 << (position & 31)
  if ((cars.flowAt[at]! & bit) === 0) return 0
  if ((cars.slackAt[at]! & bit) === 0) return cars.power[position]!
  return cars.energy[cars.offset[position]! + slot]!
}

/** Gives a car energy in a slot, or takes it back, and keeps the bit sets true: they change only where it begins, ends or fills up. */
export const give = (network: Network, position: number, { slot, amount }: Gift): void => {
  const { cars, slotWords } = network
  const before = energyAt(network, position, slot)
  const energy = before + amount
  const most = cars.power[position]!
  cars.energy[cars.offset[position]! + slot] = energy
  const at = slot * cars.words + (position >>> 5)
  const bit = 1 << (position & 31)
  const own = position * slotWords + (slot >>> 5)
  const slotBit = 1 << (slot & 31)
  if (energy <= 0) {
    cars.flowAt[at]! &= ~bit
    cars.carFlow[own]! &= ~slotBit
  } else if (before <= 0) {
    cars.flowAt[at]! |= bit
    cars.carFlow[own]! |= slotBit
  }
  if (energy >= most) {
    cars.slackAt[at]! &= ~bit
    cars.carSlack[own]! &= ~slotBit
  } else if (before >= most) {
    cars.slackAt[at]! |= bit
    cars.carSlack[own]! |= slotBit
  }
}

/** Gives a car that wants it more energy in a slot: the short form of `give` for what is done most often. */
export const fillCar = ({ cars, slotWords }: Network, position: number, { slot, amount }: Gift): void => {
  const pair = cars.offset[position]! + slot
  const energy = cars.energy[pair]! + amount
  const at = slot * cars.words + (position >>> 5)
  const bit = 1 << (position & 31)
  const own = position * slotWords + (slot >>> 5)
  const slotBit = 1 << (slot & 31)
  cars.energy[pair] = energy
  cars.flowAt[at]! |= bit
  cars.carFlow[own]! |= slotBit
  if (energy === cars.power[position]) {
    cars.slackAt[at]! &= ~bit
    cars.carSlack[own]! &= ~slotBit
  }
  const rest = cars.left[position]! - amount
  cars.left[position] = rest
  cars.unmet[position >>> 5]! &= rest === 0 ? ~bit : -1
}
