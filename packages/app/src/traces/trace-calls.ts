import type { CallCounts } from '../metrics/count-calls.ts'
import type { Traces } from './traces.ts'

type Counts = Pick<CallCounts, 'count'>

/** Every CALL that is counted is a span too. */
export const traceCalls = (calls: Counts, traces: Traces): Counts => ({
  count: (call) => {
    calls.count(call)
    const { action, direction, outcome, milliseconds } = call
    traces.told({
      name: `OCPP ${action}`,
      kind: direction === 'in' ? 'server' : 'client',
      milliseconds,
      attributes: { 'rpc.system': 'ocpp', 'rpc.method': action, 'voltway.outcome': outcome },
      failed: outcome === 'error' || outcome === 'expired' || outcome === 'offline',
    })
  },
})
