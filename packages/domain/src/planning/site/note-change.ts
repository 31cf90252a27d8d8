import type { Network } from './network.ts'

/** Writes down what a car has in a slot before it changes, while a re-plan keeps a journal. */
export const noteChange = ({ journal, cars }: Network, position: number, slot: number): void => {
  if (journal === undefined) return
  const pair = cars.offset[position]! + slot
  if (!journal.before.has(pair)) journal.before.set(pair, { position, slot, energy: cars.energy[pair]! })
}
