import type { Highs } from 'highs'
import type { NetworkDriver, NetworkProblem } from '../network-problem.ts'

interface Start {
  readonly name: string
  readonly cost: number
  /** As in `station_group_slot`. */
  readonly cells: readonly string[]
}

const at = (values: number | readonly number[], slot: number): number => (typeof values === 'number' ? values : values[slot]!)

/** Every start of one driver, written down as plainly as can be. */
const startsOf = (problem: NetworkProblem, driver: NetworkDriver, index: number): readonly Start[] => {
  const starts: Start[] = []
  const hours = problem.slotLength / 3_600_000
  for (const { station, arriveSlot, detour } of driver.places)
    for (const [group, { connectors }] of problem.stations[station]!.evses.entries()) {
      const powers = driver.plugs.flatMap((inlet) =>
        connectors.filter(({ standard }) => standard === inlet.standard).map(({ maxPower }) => Math.min(maxPower, inlet.maxPower)),
      )
      const wh = Math.floor(Math.max(0, ...powers) * hours + 1e-6)
      if (wh === 0) continue
      const slots = Math.ceil(driver.energy / wh)
      for (let delay = 0; delay <= driver.mostDelaySlots; delay += problem.delayStep) {
        const start = arriveSlot + delay
        if (start + slots > Math.min(problem.slots, driver.departSlot ?? problem.slots)) continue
        const cells = Array.from({ length: slots }, (_, slot) => start + slot)
        const energy = cells.reduce((sum, slot, place) => {
          const taken = place === slots - 1 ? driver.energy - wh * (slots - 1) : wh
          return sum + (taken * at(problem.stations[station]!.pricePerKwh, slot)) / 1_000
        }, 0)
        if (Math.round(energy) > (driver.priceCap ?? Number.POSITIVE_INFINITY)) continue
        const cost = Math.round(energy) + Math.round(delay * hours * driver.waitingPerHour) + detour
        if (cost >= problem.unservedCost) continue
        starts.push({ name: `x${index}_${station}_${group}_${start}`, cost, cells: cells.map((slot) => `${station}_${group}_${slot}`) })
      }
    }
  return starts
}

/** The least cost of any plan in micros, by a general solver: an integer programme of all starts. */
export const optimumOf = (solver: Highs, problem: NetworkProblem): number => {
  const starts = problem.drivers.map((driver, index) => startsOf(problem, driver, index))
  const all = starts.flat()
  const unserved = problem.drivers.length * problem.unservedCost
  if (all.length === 0) return unserved
  const holders = new Map<string, string[]>()
  for (const { name, cells } of all) for (const cell of cells) holders.set(cell, [...(holders.get(cell) ?? []), name])
  const rows = starts.filter((own) => own.length > 0).map((own) => ` ${own.map(({ name }) => name).join(' + ')} <= 1`)
  for (const [cell, names] of holders) {
    const [station, group, slot] = cell.split('_').map(Number) as [number, number, number]
    rows.push(` ${names.join(' + ')} <= ${at(problem.stations[station]!.evses[group]!.count, slot)}`)
  }
  const objective = all.map(({ name, cost }) => `${problem.unservedCost - cost} ${name}`).join(' + ')
  const programme = `Maximize\n ${objective}\nSubject To\n${rows.join('\n')}\nBinary\n ${all.map(({ name }) => name).join(' ')}\nEnd\n`
  return Math.round(unserved - solver.solve(programme, { mip_rel_gap: 0 }).ObjectiveValue)
}
