import type { EvccState, SeccState } from '../../machine/index.ts'

/** The name of a state as its protocol's table has it; before and after a protocol runs, the phase. */
export const stateNameOf = (state: SeccState | EvccState): string => (state.phase === 'running' ? state.session.stateName : state.phase)
