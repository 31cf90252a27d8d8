import {
  type Asked,
  type Book,
  checkCause,
  checkPromise,
  eachStart,
  isAt,
  type NetworkViolation,
  openCostOf,
  type Report,
} from './check-promise.ts'
import type { NetworkCertificate, NetworkPlan } from './network-plan.ts'
import type { NetworkProblem } from './network-problem.ts'

export interface NetworkPlanCheck {
  /** Empty when the plan keeps every rule and says of itself what is true. */
  readonly violations: readonly NetworkViolation[]
  readonly totalMicros: bigint
  /** No plan at all can cost less: proved by the certificate's prices. */
  readonly boundMicros: bigint
}

const checkCapacity = ({ supply, report, used }: Book): void => {
  for (const [station, { evses }] of supply.stations.entries())
    for (const [index, { count }] of evses.entries())
      for (let slot = 0; slot < supply.slots; slot++)
        if (used[station]![index]![slot]! > isAt(count, slot))
          report(
            'capacity',
            `stations[${station}].evses[${index}]`,
            `is promised ${used[station]![index]![slot]} times in slot ${slot}, and has ${isAt(count, slot)}`,
          )
}

/** Prices summed up to each slot by station and group, with what all capacity is worth; undefined when they cannot be read. */
const readPrices = ({ stations, slots }: NetworkProblem, { slotPrice }: NetworkCertificate) => {
  if (slotPrice.length !== slots * stations.reduce((sum, { evses }) => sum + evses.length, 0)) return undefined
  if (!slotPrice.every((price) => Number.isSafeInteger(price) && price >= 0)) return undefined
  let worth = 0n
  let at = 0
  const sums = stations.map(({ evses }) =>
    evses.map(({ count }) => {
      const sum = new Float64Array(slots + 1)
      for (let slot = 0; slot < slots; slot++, at++) {
        sum[slot + 1] = sum[slot]! + slotPrice[at]!
        if (slotPrice[at]! > 0) worth += BigInt(slotPrice[at]!) * BigInt(isAt(count, slot))
      }
      return sum
    }),
  )
  return sums.flat().every((sum) => Number.isSafeInteger(sum[slots])) ? { sums, worth } : undefined
}

/** What all drivers cost at least where EVSEs have these prices, less what the prices bring: no plan costs less. */
const boundOf = (problem: NetworkProblem, { sums, worth }: NonNullable<ReturnType<typeof readPrices>>): bigint => {
  let bound = -worth
  for (const driver of problem.drivers) {
    let least: number = problem.unservedCost
    eachStart(problem, driver, (start, evses) => {
      const sum = sums[start.place.station]![evses]!
      least = Math.min(least, openCostOf(problem, driver, start) + sum[start.startSlot + start.slots]! - sum[start.startSlot]!)
    })
    bound += BigInt(least)
  }
  return bound
}

/**
 * Checks a plan without trusting who made it: that every promise is one of its driver's options, that no group of EVSEs is promised
 * more often than it has EVSEs in any slot, every cause and the cost; and computes from the certificate's prices a cost that no plan can be
 * below, in whole numbers (weak duality: any prices give a true bound). The problem itself must be sound (`networkFaults`).
 */
export const checkNetworkPlan = (problem: NetworkProblem, plan: NetworkPlan, certificate: NetworkCertificate): NetworkPlanCheck => {
  const violations: NetworkViolation[] = []
  const report: Report = (code, field, message) => violations.push({ code, field, message })
  const { outcomes } = plan
  if (outcomes.length !== problem.drivers.length) {
    report('shape', 'outcomes', `has ${outcomes.length} outcomes for ${problem.drivers.length} drivers`)
    return { violations, totalMicros: plan.totalMicros, boundMicros: 0n }
  }
  const used = problem.stations.map(({ evses }) => evses.map(() => new Int32Array(problem.slots)))
  const book: Book = { supply: problem, report, used }
  const askedOf = (index: number): Asked => ({ driver: problem.drivers[index]!, field: `outcomes[${index}]` })
  let totalMicros = 0n
  for (const [index, outcome] of outcomes.entries())
    totalMicros += typeof outcome === 'string' ? BigInt(problem.unservedCost) : checkPromise(book, askedOf(index), outcome)
  checkCapacity(book)
  for (const [index, outcome] of outcomes.entries()) if (typeof outcome === 'string') checkCause(book, askedOf(index), outcome)
  if (totalMicros !== plan.totalMicros) report('cost', 'totalMicros', `is ${totalMicros}, not ${plan.totalMicros}`)
  const prices = readPrices(problem, certificate)
  if (prices === undefined) report('certificate', 'slotPrice', 'must be whole numbers, none negative, one for each group and slot')
  return { violations, totalMicros, boundMicros: prices ? boundOf(problem, prices) : 0n }
}
