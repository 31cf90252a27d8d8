/**
 * Potentials of one kind: what a charge still costs from an edge of a free window on, at least, once it has begun and so much energy is
 * in. In billionths of the currency unit, with waiting where that
 * has a price, or in milligrams of carbon for a greenest plan. Edges are those where price,
 * carbon or limit change, the hour of the minimum, and every quarter of an hour from the arrival.
 */
export interface CarPotentials {
  /** Metered Wh, rising from 0 to what the plan gives before its last part; potentials run straight between two of them. */
  readonly energies: Float64Array
  /** Of each free window: at `edge * energies.length + place`. */
  readonly windows: readonly Float64Array[]
}

/**
 * What proves how good a car's plan is (weak duality, as for a site): nobody has to trust the planner to check it. Any potentials give a
 * true bound for every start; of several the best one counts, start by start.
 */
export interface CarCertificate {
  readonly potentials: readonly CarPotentials[]
  /** What a billionth of money counts for beside carbon, where a cap binds; 0 otherwise. */
  readonly capPrice: number
  /** For an earliest plan that a cap delays: windows are cut here, and potentials of money prove that nothing which ends before is paid for. */
  readonly notBefore?: number
  /**
   * For the goal that comes second, which is money: for an earliest plan potentials in windows that are cut at its end, for a greenest one with
   * a milligram of carbon at a price in billionths.
   */
  readonly second?: { readonly potentials: readonly CarPotentials[]; readonly carbonPrice: number }
  /** Where a cap leaves energy out: potentials of money for so much (metered Wh, whole), without a last part, which prove that the cap does not pay for it. */
  readonly beyond?: { readonly energy: number; readonly potentials: readonly CarPotentials[] }
}
