import { type Deviation, facetsOf, wrongSession } from '../../machine/deviation.ts'
import { type Message, sameBytes } from '../message.ts'
import type { SeccSession } from './state.ts'

/** What is wrong with a request that is taken all the same. */
export const tolerated = ({ sessionId: own, options, facts }: SeccSession, { sessionId, body, deviations }: Message) => {
  const message = `${body.message}Req`
  const found: Deviation[] = facetsOf(message, deviations)
  const isForeign = body.message !== 'SessionSetup' && !sameBytes(sessionId, own)
  if (isForeign && options.policy.wrongSessionId === 'ignore') found.push(wrongSession(message))
  const inLoop = body.message === 'ChargingStatus' || body.message === 'CurrentDemand'
  if (inLoop && facts.receiptDue !== undefined && options.policy.missingReceipt === 'ignore')
    found.push({ code: 'missingReceipt', message, what: 'where MeteringReceiptReq is due' })
  return found
}
