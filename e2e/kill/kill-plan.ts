/** What is killed: the server alone, the server with the first process of its PostgreSQL, or a server that is still starting. */
export type Victim = 'server' | 'server and PostgreSQL' | 'starting server'

export interface Kill {
  readonly victim: Victim
  /** Milliseconds from the first answer of this server's life, or from its start when it dies while starting. */
  readonly after: number
}

/** One of two nodes goes, by force or as in a rolling restart, and comes back unless it was the last to go. */
export interface NodeKill {
  readonly how: 'SIGKILL' | 'SIGTERM'
  /** Milliseconds from the first answer of the node that is preferred. */
  readonly after: number
}
const LONGEST = 1_500

/** Which kills there are, and when, all from the random numbers in [0, 1): every fourth takes PostgreSQL too, every eighth a start. */
export const killPlan = (cycles: number, random: () => number): readonly Kill[] =>
  Array.from({ length: cycles }, (_, index) => {
    const victim = index % 4 === 1 ? 'server and PostgreSQL' : index % 8 === 6 ? 'starting server' : 'server'
    return { victim, after: Math.round(20 + random() * LONGEST) }
  })

/** The same of two nodes: one by force, the next as in a rolling restart. */
export const nodeKillPlan = (cycles: number, random: () => number): readonly NodeKill[] =>
  Array.from({ length: cycles }, (_, index) => ({
    how: index % 2 === 0 ? 'SIGKILL' : 'SIGTERM',
    after: Math.round(20 + random() * LONGEST),
  }))
