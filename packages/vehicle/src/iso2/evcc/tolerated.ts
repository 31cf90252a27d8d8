import { type Deviation, facetsOf, wrongSession } from '../../machine/deviation.ts'
import { type Message, type ResponseBody, sameBytes } from '../message.ts'
import type { EvccSession } from './state.ts'

/** What a station leaves out, or says in another way, and this car's policy takes. */
const inBody = ({ message, value }: ResponseBody): Omit<Deviation, 'message'> | undefined => {
  if (message === 'SessionSetup' && value.ResponseCode === 'OK')
    return { code: 'plainOk', what: 'OK where OK_NewSessionEstablished is due' }
  if (message === 'ChargeParameterDiscovery' && value.EVSEProcessing === 'Finished' && value.SAScheduleList === undefined)
    return { code: 'missingSchedule', what: 'finished without a schedule' }
  if (message !== 'CableCheck' || value.EVSEProcessing !== 'Finished') return undefined
  const { EVSEIsolationStatus: status } = value.DC_EVSEStatus
  const isCertain = status !== undefined && status !== 'Invalid' && status !== 'No_IMD'
  return isCertain ? undefined : { code: 'isolationNotValid', what: `finished with isolation ${status ?? 'not told'}` }
}

const REFUSED_BY = { plainOk: 'plainOkAtSetup', missingSchedule: 'missingSchedule', isolationNotValid: 'isolationNotValid' } as const

/** What is wrong with a response that is taken all the same. */
export const tolerated = ({ sessionId: own, options: { policy } }: EvccSession, { sessionId, body, deviations }: Message) => {
  if (body.kind === 'request') return []
  const message = `${body.message}Res`
  const found: Deviation[] = facetsOf(message, deviations)
  const isForeign = body.message !== 'SessionSetup' && !sameBytes(sessionId, own)
  if (isForeign && policy.wrongSessionId === 'ignore') found.push(wrongSession(message))
  const said = inBody(body)
  if (said && policy[REFUSED_BY[said.code as keyof typeof REFUSED_BY]] === 'accept') found.push({ ...said, message })
  return found
}
