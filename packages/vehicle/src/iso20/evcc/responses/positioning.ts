import { watts } from '@voltway/units'
import type { CarTold } from '../../../machine/car-words.ts'
import { optional, wattsOf } from '../../rational.ts'
import type { Answer, Handler } from '../answer.ts'
import type { EvccSession, Turn } from '../state.ts'
import type { EvccStateName } from '../table.ts'
import { looped, readingOf } from './delivery.ts'

export const finePositioningSetup: Handler<'WPT_FinePositioningSetup'> = () => ({ next: 'finePositioning', facts: { inPlace: false } })

/** Again until the station is in place, then once more to say that the car is too. */
const placed = ({ session }: Turn, processing: 'Finished' | string, next: EvccStateName): Answer => {
  if (session.facts.inPlace && processing === 'Finished') return { next, facts: { inPlace: false } }
  return { next: session.name, ongoing: 'station', facts: { inPlace: processing === 'Finished' } }
}

export const finePositioning: Handler<'WPT_FinePositioning'> = (turn, { EVSEProcessing }) => placed(turn, EVSEProcessing, 'pairing')
export const pairing: Handler<'WPT_Pairing'> = (turn, { EVSEProcessing }) => placed(turn, EVSEProcessing, 'chargeParameters')
export const alignmentCheck: Handler<'WPT_AlignmentCheck'> = (turn, { EVSEProcessing }) => placed(turn, EVSEProcessing, 'scheduleExchange')

export const wptChargeParameters: Handler<'WPT_ChargeParameterDiscovery'> = (_, response) => ({
  next: 'alignmentCheck',
  told: [
    {
      told: 'limits',
      limits: { charge: { maxPower: wattsOf(response.SDMaxOutputPower), minPower: wattsOf(response.SDMinOutputPower) } },
    },
  ],
})

/** The station says how much it will send; where it steers, that is the set-point. */
export const wptChargeLoop: Handler<'WPT_ChargeLoop'> = ({ session }, response) => {
  if (response.SPCChargeDiagnostics !== 'SPCNoIssue')
    return { next: 'ended', end: { code: 'emergency', detail: response.SPCChargeDiagnostics } }
  const most = wattsOf(response.SPCMaxOutputPowerLimit)
  const measured: CarTold = { told: 'measured', maxPower: most, ...optional('meter', response.MeterInfo, readingOf) }
  if (session.facts.energy?.control !== 'dynamic') return looped(session, response, { told: [measured] })
  const setPoint = watts(Math.min(most, session.car.needs.charge.maxPower ?? most))
  return looped(session, response, { told: [measured, { told: 'setPoint', power: setPoint }], setPoint })
}

const until = (session: EvccSession, done: boolean, next: EvccStateName): Answer =>
  done ? { next } : { next: session.name, ongoing: 'station' }

export const vehiclePositioning: Handler<'ACDP_VehiclePositioning'> = ({ session }, { EVSEProcessing, EVInChargePosition }) =>
  until(session, EVSEProcessing === 'Finished' && EVInChargePosition, 'connect')

export const acdpConnect: Handler<'ACDP_Connect'> = ({ session }, { EVSEProcessing, EVSEMechanicalChargingDeviceStatus }) =>
  until(session, EVSEProcessing === 'Finished' && EVSEMechanicalChargingDeviceStatus === 'EndPosition', 'chargeParameters')

export const acdpDisconnect: Handler<'ACDP_Disconnect'> = ({ session }, { EVSEProcessing }) =>
  until(session, EVSEProcessing === 'Finished', 'sessionStop')

/** A pantograph that is not well is left, in order. */
export const acdpSystemStatus: Handler<'ACDP_SystemStatus'> = ({ session }, { EVSEEmergencyShutdown, EVSEMalfunction, EVSEDisabled }) => ({
  next: session.name,
  facts: { statusAsked: true, ...(EVSEEmergencyShutdown || EVSEMalfunction || EVSEDisabled ? { leaving: 'stop' } : {}) },
})
