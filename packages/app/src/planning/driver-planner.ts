import { extname } from 'node:path'
import type { Result } from '@voltway/units'
import type { DriverAnswers, DriverQuestions } from './driver-questions.ts'
import { createWorkerLine, type LineFailure, type LineParts } from './worker-line.ts'

/** Plans for drivers beside the event loop, so that no link waits for somebody's plan. */
export interface DriverPlanner {
  readonly ask: <Kind extends keyof DriverQuestions>(
    kind: Kind,
    question: DriverQuestions[Kind],
  ) => Promise<Result<DriverAnswers[Kind], LineFailure>>
  readonly close: () => Promise<void>
}

/** What the worker is sent. */
export interface DriverRequest<Kind extends keyof DriverQuestions = keyof DriverQuestions> {
  readonly kind: Kind
  readonly question: DriverQuestions[Kind]
}

/** At a tenth of a second for a hard plan, who comes last waits some three seconds; beyond that it is kinder to say so. */
const MOST_WAITING = 32

const ENTRY = new URL(`./driver-worker${extname(import.meta.filename)}`, import.meta.url)

/** A worker thread of its own: a large site's plan, which may take seconds, keeps no driver waiting. */
export const createDriverPlanner = (parts: LineParts & { readonly mostWaiting?: number }): DriverPlanner => {
  const failed = 'a plan for a driver could not be made'
  const line = createWorkerLine<DriverRequest>({ entry: ENTRY, mostWaiting: MOST_WAITING, ...parts, failed })
  return { ask: (kind, question) => line.ask({ kind, question }), close: line.close }
}
