import type { Running, Step } from './machine.ts'
import { toldOnce } from './told-once.ts'

/** A session that runs, as a phase of either end. */
export interface RunningPhase<Word, Told> {
  readonly phase: 'running'
  readonly session: Running<Word, Told>
  /** What the other end did wrong and was told, by name. */
  readonly deviations: readonly string[]
}

/** A step of a session that runs: deviations of the other end are told once. */
export const goingOn = <Word, Told>(
  known: readonly string[],
  { state: session, outputs }: Step<Running<Word, Told>, Told>,
): Step<RunningPhase<Word, Told>, Told> => {
  const told = toldOnce(known, outputs)
  return { state: { phase: 'running', session, deviations: told.known }, outputs: told.outputs }
}
