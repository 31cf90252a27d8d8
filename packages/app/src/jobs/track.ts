import type { Clock, Milliseconds, TenantId } from '@voltway/units'
import type { Services } from '../services.ts'
import { NO_TRACES } from '../traces/traces.ts'
import type { JobOf } from './job.ts'

/** Jobs that may wait for one another; jobs of different tracks never do. */
export interface TrackPlan<Given> {
  /** In the order in which they feed one another. */
  readonly jobs: readonly JobOf<Given>[]
  /** Tenants that are worked for at the same time. */
  readonly atOnce: number
  /**
   * Rests after a turn for this many times as long as it took, a second at most: under a flood of facts every commit
   * wakes the jobs, and the machine is wanted for the facts.
   */
  readonly rests?: number
}

/** What a track needs of what its jobs are given. */
export interface TrackServices {
  readonly log: Pick<Services['log'], 'error'>
  readonly traces?: Services['traces']
  /** Never runs fast: how long something took. */
  readonly network: Clock
  /** Asked before each job: another process may do them by now. */
  readonly hasDuty?: () => boolean
}

const MOST_REST = 1_000

export interface Track {
  readonly wake: (tenantId: TenantId) => void
  /** How many jobs found something to do so far. */
  readonly worked: () => number
  readonly isIdle: () => boolean
  /** Resolves when nobody is worked for and nobody waits. */
  readonly idle: () => Promise<void>
  /** Takes nobody any more; the job that runs for a tenant is its last. */
  readonly close: () => void
}

/** Works through tenants in the order in which they were woken: one with endless work goes to the end of the line after each turn. */
export function createTrack<Given extends TrackServices>(services: Given, { jobs, atOnce, rests = 0 }: TrackPlan<Given>): Track {
  const { traces = NO_TRACES } = services
  const waiting = new Set<TenantId>()
  const running = new Map<TenantId, Promise<void>>()
  let worked = 0
  const wakers = new Set<() => void>()
  let closed = false

  const rest = (duration: number) => {
    if (duration <= 0 || closed) return
    return new Promise<void>((resolve) => {
      const end = () => {
        cancel()
        wakers.delete(end)
        resolve()
      }
      const cancel = services.network.after(duration as Milliseconds, end)
      wakers.add(end)
    })
  }
  /** @returns whether it found something to do: only then, or where it failed, is it told */
  const run = async ({ name, run }: JobOf<Given>, tenantId: TenantId): Promise<boolean> => {
    const work = traces.begin({ name, kind: 'internal' })
    try {
      const found = await work.inside(() => run(services, tenantId))
      if (found) work.end()
      return found
    } catch (error) {
      work.end({ failed: true })
      throw error
    }
  }
  const turn = async (tenantId: TenantId) => {
    const began = services.network.now()
    let again = false
    for (const job of jobs) {
      if (closed || services.hasDuty?.() === false) return
      try {
        if (!(await run(job, tenantId))) continue
        worked++
        again = true
      } catch (error) {
        services.log.error('job failed', { job: job.name, error: String(error) })
      }
    }
    if (again) waiting.add(tenantId)
    await rest(Math.min(MOST_REST, rests * (services.network.now() - began)))
  }
  const next = () => {
    for (const tenantId of waiting) {
      if (closed || running.size >= atOnce) return
      if (running.has(tenantId)) continue
      waiting.delete(tenantId)
      const ended = turn(tenantId).finally(() => {
        running.delete(tenantId)
        next()
      })
      running.set(tenantId, ended)
    }
  }

  return {
    wake: (tenantId) => {
      if (closed) return
      waiting.add(tenantId)
      next()
    },
    worked: () => worked,
    isIdle: () => running.size === 0,
    idle: async () => {
      while (running.size > 0) await Promise.all(running.values())
    },
    close: () => {
      closed = true
      waiting.clear()
      for (const wake of wakers) wake()
    },
  }
}
