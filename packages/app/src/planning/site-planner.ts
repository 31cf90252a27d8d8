import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { SiteFault } from '@voltway/domain/planning/site'
import type { SteeredSite, SteeringPlan } from '@voltway/domain/planning/steering'
import { type Clock, fail, type Milliseconds, type Result, SECOND } from '@voltway/units'
import type { Log } from '../log.ts'

/** Why there is no plan; the last one stays. */
export type PlannerFailure =
  | { readonly code: 'faults'; readonly faults: readonly SiteFault[] }
  | { readonly code: 'timeLimit'; readonly afterMs: number }
  | { readonly code: 'crashed'; readonly error: string }
  | { readonly code: 'closed' }

/** Plans sites beside the event loop. */
export interface SitePlanner {
  readonly plan: (site: SteeredSite) => Promise<Result<SteeringPlan, PlannerFailure>>
  readonly close: () => Promise<void>
}

/** What goes to the worker and comes back: pure data. */
export interface PlanRequest {
  readonly id: number
  readonly site: SteeredSite
}
export interface PlanAnswer {
  readonly id: number
  readonly result: Result<SteeringPlan, readonly SiteFault[]>
}

export interface SitePlannerParts {
  /** Real time: a plan's time limit is that of the machine. */
  readonly clock: Pick<Clock, 'after'>
  readonly log: Pick<Log, 'warn'>
  readonly timeLimit?: Milliseconds
  /** The worker's program. */
  readonly entry?: URL
}

const TIME_LIMIT = (10 * SECOND) as Milliseconds
const ENTRY = new URL(`./plan-worker${extname(import.meta.filename)}`, import.meta.url)

/**
 * A worker thread that plans one site after the other, started with the first. A plan that takes too long, or a worker that
 * crashes, is an answer like any other; the next plan has a new worker.
 */
export const createSitePlanner = ({ clock, log, timeLimit = TIME_LIMIT, entry = ENTRY }: SitePlannerParts): SitePlanner => {
  let worker: Worker | undefined
  let closed = false
  let lastId = 0
  let line: Promise<unknown> = Promise.resolve()

  const drop = (which: Worker) => {
    if (worker === which) worker = undefined
    void which.terminate()
  }
  const ask = (site: SteeredSite): Promise<Result<SteeringPlan, PlannerFailure>> => {
    if (closed) return Promise.resolve(fail({ code: 'closed' }))
    const used = worker ?? new Worker(entry)
    worker = used
    used.ref()
    lastId += 1
    const request: PlanRequest = { id: lastId, site }
    return new Promise((resolve) => {
      const end = (result: Result<SteeringPlan, PlannerFailure>) => {
        cancel()
        for (const [name, listener] of Object.entries(listeners)) used.off(name, listener)
        used.unref()
        if (!result.ok && result.failure.code !== 'faults') {
          log.warn('a site could not be planned', { failure: result.failure })
          drop(used)
        }
        resolve(result)
      }
      const listeners = {
        message: ({ id, result }: PlanAnswer) => {
          if (id === request.id) end(result.ok ? result : fail({ code: 'faults', faults: result.failure }))
        },
        error: (error: unknown) => end(fail({ code: 'crashed', error: String(error) })),
        exit: (code: number) => end(fail(closed ? { code: 'closed' } : { code: 'crashed', error: `the worker ended with ${code}` })),
      }
      const cancel = clock.after(timeLimit, () => end(fail({ code: 'timeLimit', afterMs: timeLimit })))
      for (const [name, listener] of Object.entries(listeners)) used.on(name, listener)
      used.postMessage(request)
    })
  }

  return {
    plan: (site) => {
      const planned = line.then(() => ask(site))
      line = planned
      return planned
    },
    close: async () => {
      closed = true
      await worker?.terminate()
      await line
    },
  }
}
