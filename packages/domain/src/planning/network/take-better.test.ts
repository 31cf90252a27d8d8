import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { bestFree, costOf, isFree, openAssignment, put, totalOf } from './assignment.ts'
import { networkOptions } from './network-options.ts'
import { takeBetter } from './take-better.ts'
import { randomNetwork } from './testing/random-network.ts'

test('from any placing, in the end nobody could have something cheaper that is free', () => {
  const random = seeded(9)
  let [moved, served] = [0, 0]
  for (let round = 0; round < 60; round++) {
    const assignment = openAssignment(networkOptions(randomNetwork(random)))
    const { drivers, runs } = assignment.options
    const { runOption, runCount, runLength, runCell, cost, step } = assignment.options
    // All have nothing but one, who has the last of what would fit.
    const last = (driver: number) => ({
      run: runs[driver + 1]! - 1,
      option: runOption[runs[driver + 1]! - 1]! + runCount[runs[driver + 1]! - 1]! - 1,
    })
    const isOpen = ({ run, option }: ReturnType<typeof last>) =>
      Number.isFinite(cost[option]!) && isFree(assignment, runCell[run]! + (option - runOption[run]!) * step, runLength[run]!)
    const first = [...Array(drivers).keys()].find((driver) => runs[driver + 1]! > runs[driver]! && isOpen(last(driver)))
    if (first !== undefined) put(assignment, first, last(first))
    const before = totalOf(assignment)
    takeBetter(assignment)
    if (totalOf(assignment) < before) moved++
    for (let driver = 0; driver < drivers; driver++) {
      const cheaper = bestFree(assignment, driver, { sums: undefined, below: costOf(assignment, driver) })
      assert.equal(cheaper.run, -1, `round ${round}: driver ${driver}`)
      if (assignment.run[driver]! >= 0) served++
    }
  }
  assert.ok(moved > 30 && served > 100, `${moved} and ${served}`)
})
