import { amperes, type Volts, type Watts, watts } from '@voltway/units'
import type { ac, dc } from '@voltway/wire/iso15118'
import { optional, rationalAmperes, rationalVolts, rationalWatts } from '../rational.ts'
import { type Bounds, steered, tighter, within } from './bounds.ts'
import { currentBounds } from './charge-parameters.ts'
import type { SeccSession } from './state.ts'

/** What may flow now: what was announced, what the station can do by now, and its set-point where it steers. */
export const flowOf = (session: SeccSession): Bounds | undefined => {
  const now = currentBounds(session)
  const { announced, energy } = session.facts
  if (now === undefined || announced === undefined) return now
  const both = tighter(announced, now)
  return energy?.control === 'dynamic' ? steered(both, session.station.setPoint) : both
}

/** What the car is to draw where the station steers: the most there is as long as nothing was said. */
const setPointOf = ({ station }: SeccSession, bounds: Bounds): Watts => within(bounds, station.setPoint ?? bounds.charge.maxPower)

type AcMode = Pick<
  ac.AC_ChargeLoopResType,
  'BPT_Dynamic_AC_CLResControlMode' | 'BPT_Scheduled_AC_CLResControlMode' | 'Dynamic_AC_CLResControlMode' | 'Scheduled_AC_CLResControlMode'
>

/** The control element of AC_ChargeLoopRes, for the mode of the session. */
export const acControl = (session: SeccSession): AcMode => {
  const { energy, announced } = session.facts
  const now = currentBounds(session)
  const bounds = announced && now ? tighter(announced, now) : now
  const present = optional('EVSEPresentActivePower', session.station.power, rationalWatts)
  if (bounds === undefined) return { Scheduled_AC_CLResControlMode: present }
  if (energy?.control === 'dynamic') {
    const mode = { EVSETargetActivePower: rationalWatts(setPointOf(session, bounds)), ...present }
    return energy.bidirectional ? { BPT_Dynamic_AC_CLResControlMode: mode } : { Dynamic_AC_CLResControlMode: mode }
  }
  const lowered = announced !== undefined && bounds.charge.maxPower < announced.charge.maxPower
  const mode = { ...(lowered ? { EVSETargetActivePower: rationalWatts(bounds.charge.maxPower) } : {}), ...present }
  return energy?.bidirectional ? { BPT_Scheduled_AC_CLResControlMode: mode } : { Scheduled_AC_CLResControlMode: mode }
}

type DcMode = Pick<
  dc.DC_ChargeLoopResType,
  'BPT_Dynamic_DC_CLResControlMode' | 'BPT_Scheduled_DC_CLResControlMode' | 'Dynamic_DC_CLResControlMode' | 'Scheduled_DC_CLResControlMode'
>

/** The control element of DC_ChargeLoopRes: the limits of this moment. */
export const dcControl = (session: SeccSession): DcMode => {
  const { energy } = session.facts
  const bounds = flowOf(session)
  if (bounds === undefined || energy === undefined) return { Scheduled_DC_CLResControlMode: {} }
  const { charge, discharge } = bounds
  const one = {
    EVSEMaximumChargePower: rationalWatts(charge.maxPower),
    EVSEMinimumChargePower: rationalWatts(charge.minPower),
    EVSEMaximumChargeCurrent: rationalAmperes(charge.maxCurrent),
    EVSEMaximumVoltage: rationalVolts(charge.maxVoltage),
  }
  const both = {
    ...one,
    EVSEMaximumDischargePower: rationalWatts(discharge.maxPower),
    EVSEMinimumDischargePower: rationalWatts(discharge.minPower),
    EVSEMaximumDischargeCurrent: rationalAmperes(discharge.maxCurrent),
    EVSEMinimumVoltage: rationalVolts(charge.minVoltage),
  }
  if (energy.control === 'dynamic')
    return energy.bidirectional ? { BPT_Dynamic_DC_CLResControlMode: both } : { Dynamic_DC_CLResControlMode: one }
  return energy.bidirectional ? { BPT_Scheduled_DC_CLResControlMode: both } : { Scheduled_DC_CLResControlMode: one }
}

/** What an output of direct current may be brought to, of what the car asks, with what was cut. */
export const targetOf = ({ charge, discharge }: Bounds, asked: { readonly voltage: Volts; readonly current: number }) => {
  const voltage = Math.min(Math.max(0, asked.voltage), charge.maxVoltage) as Volts
  const direction = asked.current < 0 ? discharge : charge
  const amount = Math.abs(asked.current)
  const byCurrent = Math.min(amount, direction.maxCurrent)
  const byPower = voltage > 0 ? Math.min(byCurrent, direction.maxPower / voltage) : byCurrent
  return {
    voltage,
    current: amperes(asked.current < 0 ? -byPower : byPower),
    power: watts((asked.current < 0 ? -byPower : byPower) * voltage),
    achieved: { voltage: asked.voltage > voltage, current: amount > byCurrent, power: byCurrent > byPower },
  }
}
