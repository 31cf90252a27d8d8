/** One CALL and how it ended. The action is one of the version's schemas or `other`: what a peer makes up is no label. */
export interface EndedCall {
  readonly action: string
  /** `in`: the station asked us. */
  readonly direction: 'in' | 'out'
  readonly outcome: 'result' | 'error' | 'repeated' | 'expired' | 'offline'
  /** From the moment the CALL was taken up until it was answered and kept. */
  readonly milliseconds: number
}
export interface CallCounts {
  readonly count: (call: EndedCall) => void
  /** In Prometheus' text format, seconds. */
  readonly text: () => string
}

/** In milliseconds; the last is what a command may take by default. */
const BOUNDS = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000, 30_000] as const

interface Durations {
  /** How many ended within each bound and not within the one before; the last is beyond all. */
  readonly within: number[]
  sum: number
}

const heading = (name: string, type: string, help: string) => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]

const histogramLines = (name: string, direction: string, { within, sum }: Durations): readonly string[] => {
  let count = 0
  const bucket = (bound: string, index: number) => {
    count += within[index] ?? 0
    return `${name}_bucket{direction="${direction}",le="${bound}"} ${count}`
  }
  const lines = [...BOUNDS.map((bound) => String(bound / 1_000)), '+Inf'].map(bucket)
  return [...lines, `${name}_sum{direction="${direction}"} ${sum / 1_000}`, `${name}_count{direction="${direction}"} ${count}`]
}

/** Counts CALLs in plain cells that are only turned into labels and text when somebody asks: a CALL costs two look-ups and additions. */
export const createCallCounts = (): CallCounts => {
  const calls = new Map<string, number>()
  const durations = new Map<EndedCall['direction'], Durations>([
    ['in', { within: new Array<number>(BOUNDS.length + 1).fill(0), sum: 0 }],
    ['out', { within: new Array<number>(BOUNDS.length + 1).fill(0), sum: 0 }],
  ])
  return {
    count: ({ action, direction, outcome, milliseconds }) => {
      const key = `action="${action}",direction="${direction}",outcome="${outcome}"`
      calls.set(key, (calls.get(key) ?? 0) + 1)
      const of = durations.get(direction)
      if (!of) return
      const bound = BOUNDS.findIndex((most) => milliseconds <= most)
      const index = bound < 0 ? BOUNDS.length : bound
      of.within[index] = (of.within[index] ?? 0) + 1
      of.sum += milliseconds
    },
    text: () =>
      [
        ...heading('voltway_ocpp_calls_total', 'counter', 'CALLs by how they ended'),
        ...[...calls].map(([labels, count]) => `voltway_ocpp_calls_total{${labels}} ${count}`),
        ...heading('voltway_ocpp_call_duration_seconds', 'histogram', 'From taking up a CALL until it is answered and kept'),
        ...[...durations].flatMap(([direction, of]) => histogramLines('voltway_ocpp_call_duration_seconds', direction, of)),
        '',
      ].join('\n'),
  }
}
