import type { Prices } from './flow-relaxation.ts'
import { type FullModel, KINDS, THREE } from './full-model.ts'

/** Where the row of a node and a way to draw begins in a table by slot. */
export const rowOf = (node: number, kind: number, slots: number): number => (node * KINDS + kind) * slots

/** What a kWh costs a car at a node, by way to draw and slot: the site's price and all limits above. */
export const fillPrices = ({ parent, slots, hasPhases }: FullModel, { site, node, phase }: Prices, table: Float64Array): void => {
  for (let index = 0; index < parent.length; index++)
    for (let kind = 0; kind < KINDS; kind++) {
      const row = rowOf(index, kind, slots)
      const above = index === 0 ? -1 : rowOf(parent[index]!, kind, slots)
      for (let slot = 0; slot < slots; slot++)
        table[row + slot] = index === 0 ? site[slot]! : table[above + slot]! + node[index * slots + slot]!
      if (!hasPhases[index]) continue
      for (let slot = 0; slot < slots; slot++) {
        const at = index * 3 * slots + slot
        table[row + slot]! += kind === THREE ? (phase[at]! + phase[at + slots]! + phase[at + 2 * slots]!) / 3 : phase[at + kind * slots]!
      }
    }
}

/** Sums loads of cars by node, way and slot up the tree. */
export const sumLoads = ({ parent, slots }: FullModel, table: Float64Array): void => {
  for (let index = parent.length - 1; index > 0; index--) {
    const [row, above] = [rowOf(index, 0, slots), rowOf(parent[index]!, 0, slots)]
    for (let at = 0; at < KINDS * slots; at++) table[above + at]! += table[row + at]!
  }
}
