import { limitAt, type SiteProblem, whPerSlot } from '../site/index.ts'

/** A car that may charge in a slot. */
export interface Claim {
  readonly node: number
  /** Wh that it can take. */
  readonly most: number
  /** What one Wh now is worth to it, in micros per kWh. */
  readonly value: number
  /** Slots left to it beyond what it needs. */
  readonly laxity: number
}

interface Room {
  readonly nodes: Float64Array
  /** What the sun gives, and what of it is taken. */
  readonly sun: number
  taken: number
}

const roomAt = ({ nodes, slotLength, surplus }: Omit<SiteProblem, 'cars'>, slot: number): Room => ({
  nodes: Float64Array.from(nodes, (node) => whPerSlot(limitAt(node, slot), slotLength)),
  sun: whPerSlot(surplus?.power[slot] ?? 0, slotLength),
  taken: 0,
})

/**
 * Shares one slot among cars: whoever it is worth most to comes first, then who has least time to spare, and nobody pays more than
 * it is worth. With nested limits and worths in proportion to energy no other shares are worth more in sum (a polymatroid's greedy).
 * @returns Wh of each claim, never above a limit
 */
export const shareSlot = (claims: readonly Claim[], site: Omit<SiteProblem, 'cars'>, slot: number): Int32Array => {
  const room = roomAt(site, slot)
  const price = site.pricePerKwh[slot]!
  const sunPrice = site.surplus?.feedInPerKwh[slot] ?? price
  const shares = new Int32Array(claims.length)
  const order = [...claims.keys()].sort((a, b) => claims[b]!.value - claims[a]!.value || claims[a]!.laxity - claims[b]!.laxity || a - b)
  for (const index of order) {
    const { value, node, most } = claims[index]!
    let share = value >= price ? most : value >= sunPrice ? Math.min(most, Math.max(0, room.sun - room.taken)) : 0
    for (let at: number | undefined = node; at !== undefined; at = site.nodes[at]!.parent) share = Math.min(share, room.nodes[at]!)
    if (share <= 0) continue
    for (let at: number | undefined = node; at !== undefined; at = site.nodes[at]!.parent) room.nodes[at]! -= share
    room.taken += share
    shares[index] = share
  }
  return shares
}
