import type { DriverRequest } from './driver-planner.ts'
import { answerDriver } from './driver-questions.ts'
import { serveLine } from './worker-line.ts'

serveLine(({ kind, question }: DriverRequest) => answerDriver(kind, question))
