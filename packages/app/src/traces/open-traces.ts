import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { nodeNameOf } from '../nodes/node-name.ts'
import { NO_TRACES, type Traces } from './traces.ts'

/** Traces where a collector is named; the library is not even read where none is. */
export const openTraces = async (config: Config, log: Pick<Log, 'warn'>): Promise<Traces> => {
  const { tracesUrl, tracesShare } = config
  if (tracesUrl === undefined) return NO_TRACES
  const { otlpTraces } = await import('./otlp-traces.ts')
  return otlpTraces({ url: tracesUrl, share: tracesShare, nodeName: nodeNameOf(config), log })
}
