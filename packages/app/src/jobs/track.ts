import type { TenantId } from '@voltway/units'
import type { Services } from '../services.ts'
import type { JobOf } from './job.ts'

/** Jobs that may wait for one another; jobs of different tracks never do. */
export interface TrackPlan<Given> {
  /** In the order in which they feed one another. */
  readonly jobs: readonly JobOf<Given>[]
  /** Tenants that are worked for at the same time. */
  readonly atOnce: number
}

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
export function createTrack<Given extends { readonly log: Pick<Services['log'], 'error'> }>(
  services: Given,
  { jobs, atOnce }: TrackPlan<Given>,
): Track {
  const waiting = new Set<TenantId>()
  const running = new Map<TenantId, Promise<void>>()
  let worked = 0
  let closed = false

  const turn = async (tenantId: TenantId) => {
    let again = false
    for (const job of jobs) {
      if (closed) return
      try {
        if (!(await job.run(services, tenantId))) continue
        worked++
        again = true
      } catch (error) {
        services.log.error('job failed', { job: job.name, error: String(error) })
      }
    }
    if (again) waiting.add(tenantId)
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
    },
  }
}
