import { type Deviation, facetsOf, wrongSession } from '../../machine/deviation.ts'
import { type Message, type ResponseBody, sameBytes } from '../message.ts'
import type { EvccSession } from './state.ts'

const hasNoPrices = ({ message, value }: ResponseBody): boolean =>
  message === 'ScheduleExchange' &&
  value.EVSEProcessing === 'Finished' &&
  (value.Scheduled_SEResControlMode?.ScheduleTuple ?? []).some(
    ({ ChargingSchedule: { AbsolutePriceSchedule, PriceLevelSchedule } }) => !AbsolutePriceSchedule && !PriceLevelSchedule,
  )

/** What is wrong with a response that is taken all the same. */
export const tolerated = ({ name, sessionId: own, options }: EvccSession, { sessionId, body, deviations }: Message) => {
  if (body.kind === 'request') return []
  const message = `${body.message}Res`
  const { policy } = options
  const found: Deviation[] = facetsOf(message, deviations)
  if (name !== 'sessionSetup' && policy.wrongSessionId === 'ignore' && !sameBytes(sessionId, own)) found.push(wrongSession(message))
  if (name === 'sessionSetup' && body.value.ResponseCode === 'OK' && policy.plainOkAtSetup === 'accept')
    found.push({ code: 'plainOk', message, what: 'OK where OK_NewSessionEstablished is due' })
  if (policy.missingPrices === 'accept' && hasNoPrices(body))
    found.push({ code: 'missingPrices', message, what: 'a schedule without prices' })
  return found
}
