import type { Clock, Milliseconds, TenantId } from '@voltway/units'

/** Under a flood of commits the others are told twenty times a second, whoever it was that committed. */
const REST = 50 as Milliseconds

export interface WakeOthers {
  readonly wake: (tenantId: TenantId) => void
  readonly close: () => void
}

/** Gathers the tenants that the other nodes are to look at: the first is told at once, what follows shortly after in one. */
export const createWakeOthers = (
  network: Pick<Clock, 'after'>,
  { hasOthers, tell }: { readonly hasOthers: () => boolean; readonly tell: (tenants: readonly TenantId[]) => void },
): WakeOthers => {
  const waiting = new Set<TenantId>()
  let cancelRest: (() => void) | undefined
  const flush = () => {
    cancelRest = undefined
    if (waiting.size === 0) return
    tell([...waiting])
    waiting.clear()
    cancelRest = network.after(REST, flush)
  }
  return {
    wake: (tenantId) => {
      if (!hasOthers()) return
      waiting.add(tenantId)
      if (!cancelRest) flush()
    },
    close: () => {
      cancelRest?.()
      waiting.clear()
    },
  }
}
