import { type Milliseconds, SECOND, type TenantId } from '@voltway/units'
import type { Services } from '../services.ts'
import { createTrack, type Track, type TrackPlan, type TrackServices } from './track.ts'

export interface Reconciler {
  /** Something of this tenant changed: look soon. */
  readonly wake: (tenantId: TenantId) => void
  /** Runs everything for everybody until nothing is left to do; tests and replays wait for it. */
  readonly settle: () => Promise<void>
  /** No job begins any more; resolves when those that run have ended. */
  readonly close: () => Promise<void>
}

const TICK = (1 * SECOND) as Milliseconds

/** The least that the jobs run by: whose turn it is, when, and who hears of failures. */
export interface ReconcilerServices extends TrackServices {
  readonly db: Pick<Services['db'], 'tenants'>
  readonly clock: Pick<Services['clock'], 'after'>
  /** Whether this process does the jobs: of several, one does. */
  readonly hasDuty?: () => boolean
}

/**
 * Runs the jobs for each tenant, when woken and once a second of our clock. A tenant is worked for once at a time in each track; a
 * wake meanwhile brings another turn. A job that fails is logged and tried again at the next turn; the others go on.
 */
export function createReconciler<Given extends ReconcilerServices>(services: Given, plans: readonly TrackPlan<Given>[]): Reconciler {
  const tracks: readonly Track[] = plans.map((plan) => createTrack(services, plan))
  let closed = false
  let cancelTick = () => {}
  let looking: Promise<void> | undefined

  const wake = (tenantId: TenantId) => {
    if (services.hasDuty?.() === false) return
    for (const track of tracks) track.wake(tenantId)
  }
  const wakeAll = async () => {
    for (const tenantId of await services.db.tenants()) wake(tenantId)
  }
  const tick = () => {
    cancelTick = services.clock.after(TICK, () => {
      looking ??= wakeAll()
        .catch((error: unknown) => services.log.error('the jobs could not look for tenants', { error: String(error) }))
        .finally(() => {
          looking = undefined
        })
      tick()
    })
  }
  tick()

  /** Until no track has anything to do; what one did may wake another. */
  const idle = async () => {
    while (tracks.some(({ isIdle }) => !isIdle())) await Promise.all(tracks.map((track) => track.idle()))
  }

  return {
    wake,
    settle: async () => {
      for (let before = -1; before !== workOf(tracks) && !closed; ) {
        before = workOf(tracks)
        await wakeAll()
        await idle()
      }
    },
    close: async () => {
      closed = true
      cancelTick()
      await looking
      for (const track of tracks) track.close()
      await idle()
    },
  }
}

const workOf = (tracks: readonly Track[]) => tracks.reduce((sum, { worked }) => sum + worked(), 0)
