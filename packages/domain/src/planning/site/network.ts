/**
 * The solver's state: the flow of energy from cars through nodes to the market, slot by slot, and the residual graph that it
 * implies. A vertex is a node in a slot, `node * slots + slot`, or a car, `~position`. Local to this folder; mutated in place.
 */
export interface Network {
  readonly slots: number
  /** Words of 32 slots that one car's window takes. */
  readonly slotWords: number
  readonly nodeCount: number
  /** Node and slot of each node vertex, so that no search divides. */
  readonly nodeOf: Int32Array
  readonly slotOf: Int32Array
  readonly parent: Int32Array
  readonly firstChild: Int32Array
  readonly nextSibling: Int32Array
  /** Wh that may flow and that do flow from a node to its parent, by node vertex; from the site, to the market. */
  readonly cap: Int32Array
  readonly flow: Int32Array
  /** Where something flows, and where more could: bit sets by `node * slotWords` over slots, kept by `setFlow` and `setCap`. */
  readonly carries: Int32Array
  readonly spares: Int32Array
  market: Market
  readonly cars: CarColumns
  readonly search: SearchState
  readonly labels: Labels
  /** Where changes of `cars.energy` are written down while a re-plan runs. */
  journal: Journal | undefined
}

/** The price segments of each slot, cheapest first: the sun's surplus, where there is one, and import. */
export interface Market {
  readonly segments: number
  /** Sum of the segments' capacities up to and with this one, by `slot * segments + segment`. */
  readonly segmentEnd: Int32Array
  /** Price level of the same. */
  readonly segmentLevel: Int32Array
  /** The distinct prices, rising. */
  readonly levelPrice: Float64Array
  /** What there is at each level, as `slot * segments + segment`. */
  readonly levelEntries: readonly Int32Array[]
}

/** A node's cars, 32 at a time: a linked list of words of the bit sets with the bits that are its own. */
export interface Chunks {
  readonly head: Int32Array
  next: Int32Array
  word: Int32Array
  mask: Int32Array
  count: number
}

/** Cars by position; bit sets by slot (`slot * words + word` over positions) and by car (`position * slotWords` over slots). */
export interface CarColumns {
  readonly chunks: Chunks
  /** Positions in use, and words that the bit sets have room for. */
  count: number
  words: number
  /** The number of the car there: its place in the problem, or what an arrival was given. */
  number: Int32Array
  node: Int32Array
  arrive: Int32Array
  depart: Int32Array
  /** Wh that the car can take in one slot. */
  power: Int32Array
  /** Wh still wanted. */
  left: Int32Array
  /** Where slot 0 of the car would stand in `energy`. */
  offset: Int32Array
  energy: Int32Array
  energyCount: number
  /** Whether a plan holds `energy` too: then it is copied before it changes. */
  isLent: boolean
  unmet: Int32Array
  slackAt: Int32Array
  flowAt: Int32Array
  carSlack: Int32Array
  carFlow: Int32Array
}

export interface SearchState {
  /** Vertices that the search may still visit: 1 in the sets of `marks`. */
  readonly marks: Marks
  /** What was visited, by distance from the targets. */
  readonly layers: Layer[]
  /** The last layer. */
  depth: number
  /** Energy that has lost its way, and the one node vertex where it waits. */
  excess: number
  excessAt: number
  /** How much a target of the search can take, by node vertex; the one car that may be a target; and all targets together. */
  readonly room: Int32Array
  carRoom: number
  roomLeft: number
  /** Where the bit sets of the slots begin that are being looked at. */
  readonly starts: Int32Array
  /** Slots of one node that energy comes in at, as bits. */
  readonly coming: Int32Array
  /** Those of them that no car is known for, as bits. */
  readonly giving: Int32Array
  /** Sources found at the least distance. */
  found: Int32Array
  foundCount: number
  /** Current arcs of the blocking flow, by node vertex: `stage` counts from four times the number of the flow. */
  phase: number
  readonly stage: Int32Array
  readonly arc: Int32Array
  /** The way that is being tried, and what each of its arcs can take. */
  path: Int32Array
  residuals: Int32Array
  readonly gift: Gift
}

/** Energy for a car in a slot; one object serves many calls. */
export interface Gift {
  slot: number
  amount: number
}

/** Vertices not yet visited: cars by position, slots by `node * slotWords`. */
export interface Marks {
  cars: Int32Array
  readonly slots: Int32Array
}

/** Bit sets as in `Marks`. */
export interface Layer {
  /** 1 for nodes of whose cars some are in it. */
  readonly holds: Uint8Array
  readonly cars: Int32Array
  readonly slots: Int32Array
  /** Which words of `cars` may have any, and how many those are. */
  readonly carWords: Int32Array
  carWordCount: number
}

/** The cheapest price level that each vertex can still reach; -1 where it is not known or none. */
export interface Labels {
  readonly nodeLevel: Int32Array
  carLevel: Int32Array
  /** All vertices that have a level, in rising order of it. */
  log: Int32Array
  logged: number
  /** Levels below this one are labelled to the end. */
  frontier: number
  readonly marks: Marks
}

/** Car and slot of every energy that changed, with what it was. */
export interface Journal {
  readonly before: Map<number, { readonly position: number; readonly slot: number; readonly energy: number }>
}

/** The highest place that is set in a word that is not 0. Sets are walked from there: the lowest one would take an overflow to find. */
export const highestOf = (bits: number): number => 31 - Math.clz32(bits)
