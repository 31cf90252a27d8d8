import { type Assignment, bestFree, costOf, put, take } from './assignment.ts'

/**
 * Gives everybody what is free and costs less than what they have, until there is no such thing: so nobody is without a promise while
 * something that fits is free, whatever groups were moved and moved back before.
 */
export const takeBetter = (assignment: Assignment): void => {
  const { drivers } = assignment.options
  let isChanged = true
  while (isChanged) {
    isChanged = false
    for (let driver = 0; driver < drivers; driver++) {
      // A driver's own place counts as taken here: to begin a little earlier on the same EVSE is left to the moves of groups.
      const choice = bestFree(assignment, driver, { sums: undefined, below: costOf(assignment, driver) })
      if (choice.run < 0) continue
      take(assignment, driver)
      put(assignment, driver, choice)
      isChanged = true
    }
  }
}
