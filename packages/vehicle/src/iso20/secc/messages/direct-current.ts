import { amperes, type Percent, volts, watts } from '@voltway/units'
import type { PowerLimits } from '../../../machine/charging.ts'
import type { StationTold } from '../../../machine/station-words.ts'
import type { Requests } from '../../message.ts'
import { amountOf, amperesOf, numberOf, optional, rationalAmperes, rationalVolts, voltsOf, wattsOf } from '../../rational.ts'
import type { Handler } from '../answer.ts'
import { within } from '../bounds.ts'
import { dcControl, flowOf, targetOf } from '../loop-control.ts'
import type { Turn } from '../state.ts'
import { meterOf, statusOf } from '../status.ts'

/** The station tests the isolation of the cable; a fault ends the session. */
export const dcCableCheck: Handler<'DC_CableCheck'> = ({ session }) => {
  const { isolation } = session.station
  if (!session.facts.cableCheckAsked)
    return {
      kind: 'respond',
      response: { ResponseCode: 'OK', EVSEProcessing: 'Ongoing' },
      next: 'cableCheck',
      facts: { cableCheckAsked: true },
      told: [{ told: 'cableCheckWanted' }],
      forget: ['isolation'],
    }
  if (isolation === 'fault') return { kind: 'fail', code: 'FAILED', detail: 'the isolation of the cable has a fault' }
  const done = isolation !== undefined
  return {
    kind: 'respond',
    response: { ResponseCode: 'OK', EVSEProcessing: done ? 'Finished' : 'Ongoing' },
    next: done ? 'preCharge' : 'cableCheck',
  }
}

const PRE_CHARGE_AMPERES = 2

/** Brings the output to the battery's voltage, with no more current than it takes to get there. */
export const dcPreCharge: Handler<'DC_PreCharge'> = ({ session }, { EVTargetVoltage }) => {
  const bounds = flowOf(session)
  const target = bounds && targetOf(bounds, { voltage: voltsOf(EVTargetVoltage), current: PRE_CHARGE_AMPERES })
  return {
    kind: 'respond',
    response: { ResponseCode: 'OK', EVSEPresentVoltage: rationalVolts(session.station.voltage) },
    next: 'preCharging',
    told: target === undefined ? [] : [{ told: 'preCharge', voltage: target.voltage, current: target.current }],
  }
}

type Request = Requests['DC_ChargeLoop']

/** What a car says of its battery in any loop. */
export const vehicleTold = ({ DisplayParameters }: Pick<Request, 'DisplayParameters'>): readonly StationTold[] =>
  DisplayParameters?.PresentSOC === undefined
    ? []
    : [
        {
          told: 'vehicle',
          soc: DisplayParameters.PresentSOC as Percent,
          ready: true,
          ...optional('complete', DisplayParameters.ChargingComplete, (complete) => complete),
        },
      ]

/** The control element that belongs to the mode that was selected. */
const controlOf = ({ session }: Turn, request: Request) => {
  const { energy } = session.facts
  if (energy?.control === 'dynamic')
    return energy.bidirectional ? request.BPT_Dynamic_DC_CLReqControlMode : request.Dynamic_DC_CLReqControlMode
  return energy?.bidirectional ? request.BPT_Scheduled_DC_CLReqControlMode : request.Scheduled_DC_CLReqControlMode
}

type Control = NonNullable<ReturnType<typeof controlOf>>

const limitsOf = (control: Control): PowerLimits => ({
  ...optional('maxPower', control.EVMaximumChargePower, wattsOf),
  ...optional('minPower', control.EVMinimumChargePower, wattsOf),
  ...optional('maxCurrent', control.EVMaximumChargeCurrent, amperesOf),
  ...optional('maxVoltage', control.EVMaximumVoltage, voltsOf),
  ...optional('minVoltage', control.EVMinimumVoltage, voltsOf),
})

/** What a steered car can give back at most, in W. */
const mostGiven = ({ BPT_Dynamic_DC_CLReqControlMode: both }: Request): number => (both ? amountOf(both.EVMaximumDischargePower) : 0)

/** What the output shall do: what the car asks or what the station set, cut to what was announced and to what the car can take. */
const flow = (turn: Turn, request: Request, control: Control) => {
  const bounds = flowOf(turn.session)
  if (bounds === undefined) return undefined
  if ('EVTargetCurrent' in control)
    return targetOf(bounds, { voltage: voltsOf(control.EVTargetVoltage), current: numberOf(control.EVTargetCurrent) })
  const { maxPower = watts(0), maxVoltage = volts(0), maxCurrent = amperes(0) } = limitsOf(control)
  const wanted = within(bounds, turn.session.station.setPoint ?? bounds.charge.maxPower)
  const power = watts(Math.max(-mostGiven(request), Math.min(wanted, maxPower)))
  const voltage = volts(Math.min(maxVoltage, bounds.charge.maxVoltage))
  const direction = power < 0 ? bounds.discharge : bounds.charge
  const amount = Math.min(direction.maxCurrent, power < 0 ? direction.maxCurrent : maxCurrent)
  return {
    voltage,
    current: amperes(power < 0 ? -amount : amount),
    power,
    achieved: { voltage: false, current: false, power: wanted > power },
  }
}

export const dcChargeLoop: Handler<'DC_ChargeLoop'> = (turn, request) => {
  const { session } = turn
  const standby = session.name === 'dcStandby'
  if (!standby && session.station.contactor === 'open')
    return { kind: 'fail', code: 'FAILED_ContactorError', detail: 'the contactor opened' }
  const control = controlOf(turn, request)
  if (control === undefined)
    return { kind: 'fail', code: 'FAILED_WrongChargeParameter', detail: 'another control mode than the one selected' }
  const target = standby ? undefined : flow(turn, request, control)
  const meter = meterOf(session, request.MeterInfoRequested)
  return {
    kind: 'respond',
    response: {
      ResponseCode: 'OK',
      ...statusOf(session),
      ...meter,
      EVSEPresentCurrent: rationalAmperes(session.station.current),
      EVSEPresentVoltage: rationalVolts(session.station.voltage),
      EVSEPowerLimitAchieved: target?.achieved.power ?? false,
      EVSECurrentLimitAchieved: target?.achieved.current ?? false,
      EVSEVoltageLimitAchieved: target?.achieved.voltage ?? false,
      ...dcControl(session),
    },
    next: session.name,
    ...optional('facts', meter.MeterInfo, (meterSent) => ({
      meterSent,
      confirmationDue: session.station.receiptWanted || session.facts.confirmationDue,
    })),
    ...(meter.MeterInfo === undefined ? {} : { station: { receiptWanted: false } }),
    told: [
      ...vehicleTold(request),
      ...(target === undefined
        ? []
        : [{ told: 'target', voltage: target.voltage, current: target.current, power: target.power, limits: limitsOf(control) } as const]),
    ],
  }
}

export const dcWeldingDetection: Handler<'DC_WeldingDetection'> = ({ session }) => ({
  kind: 'respond',
  response: { ResponseCode: 'OK', EVSEPresentVoltage: rationalVolts(session.station.voltage) },
  next: 'dcStopped',
})
