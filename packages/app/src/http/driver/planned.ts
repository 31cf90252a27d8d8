import type { Result } from '@voltway/units'
import type { LineFailure } from '../../planning/worker-line.ts'
import { Problem } from '../problems.ts'

/** What the drivers' planner answered. @throws Problem PLANNER_BUSY where too many ask or it took too long, Error where it failed */
export const planned = <Answer>(asked: Result<Answer, LineFailure>): Answer => {
  if (asked.ok) return asked.value
  if (asked.failure.code === 'busy') throw new Problem('PLANNER_BUSY')
  if (asked.failure.code === 'timeLimit') throw new Problem('PLANNER_BUSY', 'This plan took too long to make: ask again, or for less.')
  if (asked.failure.code === 'closed') throw new Problem('NOT_READY', 'This server is going away.')
  throw new Error(`a plan could not be made: ${asked.failure.error}`)
}
