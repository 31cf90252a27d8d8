import type { Network } from './network.ts'

/** Keeps true for one node in one slot what searches ask 32 slots at a time. */
const noteFlow = ({ slotWords, nodeOf, slotOf, cap, flow, carries, spares }: Network, vertex: number): void => {
  const slot = slotOf[vertex]!
  const word = nodeOf[vertex]! * slotWords + (slot >>> 5)
  const bit = 1 << (slot & 31)
  carries[word] = (carries[word]! & ~bit) | (flow[vertex]! > 0 ? bit : 0)
  spares[word] = (spares[word]! & ~bit) | (cap[vertex]! > flow[vertex]! ? bit : 0)
}

/** The same for all nodes in one slot, after many were written at once. */
export const noteFlows = ({ nodeCount, slots, slotWords, cap, flow, carries, spares }: Network, slot: number): void => {
  const bit = 1 << (slot & 31)
  for (let node = 0; node < nodeCount; node++) {
    const word = node * slotWords + (slot >>> 5)
    const flowing = flow[node * slots + slot]!
    carries[word] = (carries[word]! & ~bit) | (flowing > 0 ? bit : 0)
    spares[word] = (spares[word]! & ~bit) | (cap[node * slots + slot]! > flowing ? bit : 0)
  }
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
