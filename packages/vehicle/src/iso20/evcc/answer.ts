import type { CarTold } from '../../machine/car-words.ts'
import type { EndReason } from '../../machine/end-reason.ts'
import type { MessageName, Responses } from '../message.ts'
import type { EvccFacts, EvccSession, Turn } from './state.ts'
import type { EvccStateName } from './table.ts'

/** What a response makes of the session. */
export interface Answer {
  readonly next: EvccStateName
  readonly told?: readonly CarTold[]
  readonly facts?: Partial<EvccFacts>
  /** What is no longer so. */
  readonly forget?: readonly ('choice' | 'renegotiation' | 'confirm' | 'leaving' | 'notified' | 'energy' | 'profile')[]
  readonly sessionId?: EvccSession['sessionId']
  /** `EVSEProcessing` is not finished: the same again, within a limit; a person may take longer. */
  readonly ongoing?: 'station' | 'customer'
  readonly end?: EndReason
}

export type Handler<Name extends MessageName> = (turn: Turn, response: Responses[Name]) => Answer
