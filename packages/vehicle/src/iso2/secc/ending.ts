import type { EndReason } from '../../machine/end-reason.ts'
import { isGoodEnd } from '../../machine/end-reason.ts'
import type { Step } from '../../machine/machine.ts'
import type { StationTold } from '../../machine/station-words.ts'
import type { SeccOutputs } from './answer.ts'
import type { SeccSession } from './state.ts'

/** The session is over: the output is off, the station knows why, and the link ends. Nothing happens after it. */
export const ending = (session: SeccSession, reason: EndReason, before: SeccOutputs = []): Step<SeccSession, StationTold> => {
  const good = isGoodEnd(reason)
  const off: SeccOutputs = good && !session.facts.output ? [] : [{ kind: 'tell', told: { told: 'openContactor', urgent: !good } }]
  return {
    state: { ...session, name: 'ended', ended: reason, held: undefined, facts: { ...session.facts, output: false, closing: false } },
    outputs: [...before, ...off, { kind: 'tell', told: { told: 'ended', reason } }, { kind: 'endLink', reason }],
  }
}
