import { ok } from '@voltway/units'
import type { DriverPlanner } from '../driver-planner.ts'
import { answerDriver } from '../driver-questions.ts'

/** Plans at once and in this thread, for tests. */
export const inlineDriverPlanner: DriverPlanner = {
  ask: async (kind, question) => ok(answerDriver(kind, question)),
  close: async () => {},
}
