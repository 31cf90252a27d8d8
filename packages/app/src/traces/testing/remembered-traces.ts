import type { Traces, WorkEnd } from '../traces.ts'

/** Traces that remember how work ended, by the name it had at last. */
export const rememberedTraces = (): Traces & { readonly ended: readonly (WorkEnd & { readonly name: string })[] } => {
  const ended: (WorkEnd & { readonly name: string })[] = []
  return {
    ended,
    begin: ({ name }) => ({ inside: (part) => part(), end: (how = {}) => void ended.push({ name, ...how }) }),
    told: (work) => void ended.push(work),
    close: async () => {},
  }
}
