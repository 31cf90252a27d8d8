import { optional, phasesOf } from '../../rational.ts'
import type { Handler } from '../answer.ts'
import { acControl } from '../loop-control.ts'
import { meterOf, statusOf } from '../status.ts'
import { vehicleTold } from './direct-current.ts'

export const acChargeLoop: Handler<'AC_ChargeLoop'> = ({ session }, request) => {
  const { energy } = session.facts
  const standby = session.name === 'acStandby'
  if (!standby && session.station.contactor === 'open')
    return { kind: 'fail', code: 'FAILED_ContactorError', detail: 'the contactor opened' }
  const control =
    energy?.control === 'dynamic'
      ? energy.bidirectional
        ? request.BPT_Dynamic_AC_CLReqControlMode
        : request.Dynamic_AC_CLReqControlMode
      : energy?.bidirectional
        ? request.BPT_Scheduled_AC_CLReqControlMode
        : request.Scheduled_AC_CLReqControlMode
  if (control === undefined)
    return { kind: 'fail', code: 'FAILED_WrongChargeParameter', detail: 'another control mode than the one selected' }
  const meter = meterOf(session, request.MeterInfoRequested)
  return {
    kind: 'respond',
    response: { ResponseCode: 'OK', ...statusOf(session), ...meter, ...acControl(session) },
    next: session.name,
    ...optional('facts', meter.MeterInfo, (meterSent) => ({
      meterSent,
      confirmationDue: session.station.receiptWanted || session.facts.confirmationDue,
    })),
    ...(meter.MeterInfo === undefined ? {} : { station: { receiptWanted: false } }),
    told: [
      ...vehicleTold(request),
      {
        told: 'target',
        power: phasesOf(control.EVPresentActivePower, control.EVPresentActivePower_L2, control.EVPresentActivePower_L3),
      },
    ],
  }
}
