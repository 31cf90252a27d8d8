import { PRE_CHARGE_TOLERANCE_V } from '../../machine/pre-charge.ts'
import type { WaitingTimer } from '../../machine/waiting.ts'
import type { RequestBody, ResponseBody } from '../message.ts'
import { voltsOf } from '../physical.ts'

type Response = ResponseBody['value']

const isNear = ({ message, value }: RequestBody, response: Response): boolean =>
  message !== 'PreCharge' ||
  !('EVSEPresentVoltage' in response) ||
  Math.abs(voltsOf(response.EVSEPresentVoltage) - voltsOf(value.EVTargetVoltage)) <= PRE_CHARGE_TOLERANCE_V

/** What a car is kept waiting for by an answer. A person may take any time. */
export const waitedFor = (request: RequestBody, response: Response): WaitingTimer | undefined => {
  if (!isNear(request, response)) return 'V2G_SECC_PreCharge_Performance_Time'
  if (!('EVSEProcessing' in response) || response.EVSEProcessing !== 'Ongoing') return undefined
  return request.message === 'CableCheck' ? 'V2G_SECC_CableCheck_Performance_Time' : 'V2G_SECC_Ongoing_Performance_Time'
}
