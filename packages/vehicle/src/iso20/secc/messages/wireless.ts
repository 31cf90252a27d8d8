import { type Watts, watts } from '@voltway/units'
import type { Responses } from '../../message.ts'
import { optional, type Rational, rational, rationalAmperes, rationalWatts, wattsOf } from '../../rational.ts'
import type { Handler } from '../answer.ts'
import { type Bounds, boundsOf, within } from '../bounds.ts'
import { currentBounds } from '../charge-parameters.ts'
import { flowOf } from '../loop-control.ts'
import type { SeccSession } from '../state.ts'
import { meterOf, statusOf } from '../status.ts'
import { energyOfSession, settledNeeds } from './charge-parameters.ts'
import { vehicleTold } from './direct-current.ts'

/** Classes of input power, IEC 61980-1. */
const CLASSES = [
  ['MF-WPT1', 3_700],
  ['MF-WPT2', 7_700],
  ['MF-WPT3', 11_100],
  ['MF-WPT4', 22_000],
] as const
/** Ground clearance of the middle class Z2, SAE J2954. Millimetres. */
export const CLEARANCE = { min: 140, max: 210 } as const

const classOf = (power: Watts) => CLASSES.find(([, most]) => power <= most)?.[0] ?? 'MF-WPT4'

type Supply = Omit<Responses['WPT_ChargeParameterDiscovery'], 'Header' | 'ResponseCode'>

/** What the coil in the ground can do, as WPT_ChargeParameterDiscoveryRes says it. */
export const wirelessSupply = (bounds: Bounds | undefined): Supply => ({
  PDInputPowerClass: classOf(bounds?.charge.maxPower ?? watts(0)),
  SDMinOutputPower: rationalWatts(bounds?.charge.minPower ?? watts(0)),
  SDMaxOutputPower: rationalWatts(bounds?.charge.maxPower ?? watts(0)),
  SDMaxGroundClearanceSupport: CLEARANCE.max,
  SDMinGroundClearanceSupport: CLEARANCE.min,
  PDMinCoilCurrent: rational(0),
  PDMaxCoilCurrent: bounds === undefined ? rational(0) : rationalAmperes(bounds.charge.maxCurrent),
})

export const wptChargeParameterDiscovery: Handler<'WPT_ChargeParameterDiscovery'> = ({ session }, request) => {
  const energy = energyOfSession(session)
  if (energy?.family !== 'wpt') return { kind: 'fail', code: 'FAILED_SequenceError', detail: 'no service of this kind' }
  const { SDMinGroundClearence: least, SDMaxGroundClearence: most } = request
  if (least > CLEARANCE.max || most < CLEARANCE.min)
    return { kind: 'fail', code: 'FAILED_WrongChargeParameter', detail: `ground clearance of ${least} to ${most} mm` }
  const { facts } = settledNeeds(session, energy, { maxPower: wattsOf(request.EVPCMaxReceivablePower) })
  const bounds = boundsOf(session.station.limits, energy)
  return { kind: 'respond', response: { ResponseCode: 'OK', ...wirelessSupply(bounds) }, next: 'alignmentCheck', facts }
}

/** The limits of this moment: power asked for is never granted above them. */
export const wirelessLimits = (session: SeccSession): Readonly<Record<'SPCMaxOutputPowerLimit' | 'SPCMinOutputPowerLimit', Rational>> => {
  const bounds = flowOf(session) ?? currentBounds(session)
  const one = { SPCMaxOutputPowerLimit: bounds?.charge.maxPower ?? watts(0), SPCMinOutputPowerLimit: bounds?.charge.minPower ?? watts(0) }
  return {
    SPCMaxOutputPowerLimit: rationalWatts(one.SPCMaxOutputPowerLimit),
    SPCMinOutputPowerLimit: rationalWatts(one.SPCMinOutputPowerLimit),
  }
}

export const wptChargeLoop: Handler<'WPT_ChargeLoop'> = ({ session }, request) => {
  if (session.station.contactor === 'open') return { kind: 'fail', code: 'FAILED_ContactorError', detail: 'the contactor opened' }
  if (request.EVPCChargeDiagnostics !== 'EVPCNoIssue') return { kind: 'fail', code: 'FAILED', detail: request.EVPCChargeDiagnostics }
  const bounds = flowOf(session)
  const asked = wattsOf(request.EVPCPowerRequest)
  const power = bounds === undefined ? watts(0) : within(bounds, asked)
  const meter = meterOf(session, request.MeterInfoRequested)
  return {
    kind: 'respond',
    response: {
      ResponseCode: 'OK',
      ...statusOf(session),
      ...meter,
      EVPCPowerRequest: rationalWatts(power),
      ...optional('SDPowerInput', session.station.power, rationalWatts),
      ...wirelessLimits(session),
      SPCChargeDiagnostics: 'SPCNoIssue',
    },
    next: session.name,
    ...optional('facts', meter.MeterInfo, (meterSent) => ({
      meterSent,
      confirmationDue: session.station.receiptWanted || session.facts.confirmationDue,
    })),
    ...(meter.MeterInfo === undefined ? {} : { station: { receiptWanted: false } }),
    told: [...vehicleTold(request), { told: 'target', power }],
  }
}
