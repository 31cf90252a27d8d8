import { type Milliseconds, SECOND, type TenantId } from '@voltway/units'
import type { Job, JobServices } from './job.ts'

export interface Reconciler {
  /** Something of this tenant changed: look soon. */
  readonly wake: (tenantId: TenantId) => void
  /** Runs everything until nothing is left to do; tests and replays wait for it. */
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
}

const TICK = (1 * SECOND) as Milliseconds

/**
 * Runs the jobs for each tenant, when woken and at least once a second of our clock. One pass runs at a time; a wake during a pass
 * brings another. A job that fails is logged and tried again at the next pass; the others go on.
 */
export function createReconciler(services: JobServices, jobs: readonly Job[]): Reconciler {
  let dirty = false
  let closed = false
  let running: Promise<void> | undefined
  let cancelTick = () => {}

  const pass = async (): Promise<boolean> => {
    let worked = false
    for (const tenantId of await services.db.tenants()) {
      for (const job of jobs) {
        if (closed) return false
        try {
          worked = (await job.run(services, tenantId)) || worked
        } catch (error) {
          services.log.error('job failed', { job: job.name, error: String(error) })
        }
      }
    }
    return worked
  }
  const loop = async () => {
    do {
      dirty = false
      if (await pass()) dirty = true
    } while (dirty && !closed)
  }
  const start = (): Promise<void> => {
    running ??= loop()
      .catch((error: unknown) => services.log.error('reconciler failed', { error: String(error) }))
      .finally(() => {
        running = undefined
        if (dirty && !closed) void start()
      })
    return running
  }
  const tick = () => {
    cancelTick = services.clock.after(TICK, () => {
      if (closed) return
      dirty = true
      void start()
      tick()
    })
  }
  tick()

  return {
    wake: () => {
      dirty = true
      if (!closed) void start()
    },
    settle: async () => {
      dirty = true
      do await start()
      while (running || dirty)
    },
    close: async () => {
      closed = true
      cancelTick()
      await running
    },
  }
}
