import type { Network } from './network.ts'

/** Keeps true for one node in one slot what searches ask 32 slots at a time. */
const noteFlow = ({ slotWords, nodeOf, slotOf, cap, flow, carries, spares }: Network, vertex: number): void => {
  const slot = slotOf[vertex]!
  const word = nodeOf[vertex]! * slotWords + (slot >>> 5)
  const bit = 1 << (slot & 31)
  carries[word] = (carries[word]! & ~bit) | (flow[vertex]! > 0 ? bit : 0)
  spares[word] = (spares[word]! & ~bit) | (cap[vertex]! > flow[vertex]! ? bit : 0)
}

/** Sets what flows out of a node in a slot, in Wh. */
export const setFlow = (network: Network, vertex: number, amount: number): void => {
  network.flow[vertex] = amount
  noteFlow(network, vertex)
}

/** Sets what may flow out of a node in a slot, in Wh. */
export const setCap = (network: Network, vertex: number, amount: number): void => {
  network.cap[vertex] = amount
  noteFlow(network, vertex)
}
