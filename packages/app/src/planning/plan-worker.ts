import { parentPort } from 'node:worker_threads'
import { steerSite } from '@voltway/domain/planning/steering'
import type { PlanAnswer, PlanRequest } from './site-planner.ts'

parentPort?.on('message', ({ id, site }: PlanRequest) => {
  const answer: PlanAnswer = { id, result: steerSite(site) }
  parentPort?.postMessage(answer)
})
