import type { Handler } from '../answer.ts'
import { dcStatus } from '../status.ts'
import { vehicleTold } from '../supply.ts'

export const cableCheck: Handler<'CableCheck'> = ({ session }, { DC_EVStatus }) => {
  const { facts, station } = session
  const told = vehicleTold(DC_EVStatus)
  if (station.isolation === 'fault') return { kind: 'fail', code: 'FAILED', detail: 'isolation fault', told: [told] }
  const finished = station.isolation !== undefined
  return {
    kind: 'respond',
    response: { ResponseCode: 'OK', DC_EVSEStatus: dcStatus(session), EVSEProcessing: finished ? 'Finished' : 'Ongoing' },
    next: finished ? 'preCharge' : 'cableCheck',
    facts: { cableCheckAsked: true, output: facts.output || !finished },
    told: facts.cableCheckAsked || finished ? [told] : [told, { told: 'cableCheckWanted' }],
  }
}
