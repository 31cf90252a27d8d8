import type { TimerName } from '../../machine/timeouts.ts'
import { TIMEOUTS } from '../../machine/timeouts.ts'
import type { EvccOutputs, EvccSession } from './state.ts'
import type { EvccStateName } from './table.ts'

/** Timers that begin with the first request of a state and end with the state: V2G2-700 to 707. */
const OF_STATE: Readonly<Partial<Record<EvccStateName, 'V2G_EVCC_CableCheck_Timeout' | 'V2G_EVCC_PreCharge_Timeout'>>> = {
  cableCheck: 'V2G_EVCC_CableCheck_Timeout',
  preCharge: 'V2G_EVCC_PreCharge_Timeout',
}
const LEAVES: ReadonlySet<EvccStateName> = new Set(['powerOff', 'sessionStop'])

const cancel = (timer: TimerName | undefined): EvccOutputs => (timer === undefined ? [] : [{ kind: 'cancelTimer', timer }])

/** What ends and begins on the way into another state. A car that leaves need not be ready to charge any more. */
export const timersInto = ({ name, facts, dialect }: EvccSession, next: EvccStateName): EvccOutputs => {
  if (next === name) return []
  const limits = TIMEOUTS[dialect.name]
  const entered = OF_STATE[next]
  return [
    ...cancel(OF_STATE[name]),
    ...cancel(facts.ongoing ? 'V2G_EVCC_Ongoing_Timeout' : undefined),
    ...(LEAVES.has(next) && Number.isFinite(limits.V2G_EVCC_ReadyToCharge_Timeout) ? cancel('V2G_EVCC_ReadyToCharge_Timeout') : []),
    ...(entered === undefined ? [] : [{ kind: 'startTimer', timer: entered, milliseconds: limits[entered] } as const]),
  ]
}
