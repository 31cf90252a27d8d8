export type TraceAttributes = Readonly<Record<string, string | number | boolean>>

/** What a piece of work is to the world: asked for from outside, asked of somebody else, or our own. */
export type WorkKind = 'server' | 'client' | 'internal'

export interface WorkEnd {
  /** Where it is only known now. */
  readonly name?: string
  readonly attributes?: TraceAttributes
  readonly failed?: boolean
}

export interface OpenWork {
  /** What this asks of others stands below the work. */
  readonly inside: <T>(part: () => T) => T
  /** Work that is never ended is never told. */
  readonly end: (end?: WorkEnd) => void
}

export interface EndedWork extends WorkEnd {
  readonly name: string
  readonly kind: WorkKind
  readonly milliseconds: number
}

export interface BegunWork {
  readonly name: string
  readonly kind: WorkKind
  /** Headers of a request: work that is part of a caller's trace says so there (W3C Trace Context). */
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>
}

/** What the server does, as spans of OpenTelemetry. A station's id, a token or an address is in none of them. */
export interface Traces {
  readonly begin: (work: BegunWork) => OpenWork
  /** Work that ended just now, below whatever asked for it. */
  readonly told: (work: EndedWork) => void
  /** Sends what is left. */
  readonly close: () => Promise<void>
}

const UNSEEN: OpenWork = { inside: (part) => part(), end: () => {} }

/** Nobody listens: costs a call and nothing more. */
export const NO_TRACES: Traces = { begin: () => UNSEEN, told: () => {}, close: async () => {} }
