import { PHASE_VOLTS } from '@voltway/domain/planning/steering'
import type { VehicleNeeds } from '@voltway/domain/sessions'
import { type EpochMs, percent, wattHours, watts } from '@voltway/units'
import { stationTime } from '@voltway/wire/ocpp'
import { type NotifyEVChargingNeedsRequest, notifyEVChargingNeeds } from '@voltway/wire/ocpp/v2'
import { handles } from '../handler.ts'
import { vehicleFact } from '../vehicle-fact.ts'

type Needs = NotifyEVChargingNeedsRequest['chargingNeeds']

const PHASES = { AC_single_phase: 1, AC_two_phase: 2, AC_three_phase: 3, DC: 1 } as const
const given = <Value>(number: number | undefined, unit: (number: number) => Value): Value | undefined =>
  number === undefined ? undefined : unit(number)

/**
 * ISO 15118-2 counts a phase's amperes; a three-phase car draws them on each. Its volts are the most that it can take, not those of the grid: recorded
 * cars say 260 to neutral, and others 400, which is from phase to phase.
 */
const alternating = ({ acChargingParameters: ac, requestedEnergyTransfer }: Needs) => {
  const perAmpere = ac && Math.min(ac.evMaxVoltage, PHASE_VOLTS) * PHASES[requestedEnergyTransfer]
  return {
    energy: given(ac?.energyAmount, wattHours),
    maxPower: ac && given(perAmpere, (volts) => watts(ac.evMaxCurrent * volts)),
    minPower: ac && given(perAmpere, (volts) => watts(ac.evMinCurrent * volts)),
    soc: undefined,
    capacity: undefined,
  }
}

const direct = ({ dcChargingParameters: dc }: Needs) => ({
  energy: given(dc?.energyAmount, wattHours),
  maxPower: dc && watts(dc.evMaxPower ?? dc.evMaxCurrent * dc.evMaxVoltage),
  minPower: undefined,
  soc: given(dc?.stateOfCharge, percent),
  capacity: given(dc?.evEnergyCapacity, wattHours),
})

const needsOf = (needs: Needs, receivedAt: EpochMs): VehicleNeeds => ({
  transfer: needs.requestedEnergyTransfer,
  departure: needs.departureTime === undefined ? undefined : stationTime(needs.departureTime, receivedAt),
  ...(needs.requestedEnergyTransfer === 'DC' ? direct(needs) : alternating(needs)),
})

/**
 * OCPP 2.0.1, K15 to K17. Accepted says that a profile follows (K15.FR.03), so that the station holds its car back for it; where none will, what
 * the car needs is kept all the same, and Rejected lets the station go on by itself (K15.FR.04).
 */
export const onNotifyEVChargingNeeds = handles(notifyEVChargingNeeds, async ({ evseId, chargingNeeds }, context) => {
  const facts = await vehicleFact(evseId, { word: 'needs', needs: needsOf(chargingNeeds, context.receivedAt) }, context)
  if (facts.length === 0) return { facts, reply: { status: 'Rejected' as const, statusInfo: { reasonCode: 'NoTransaction' } } }
  if (!(await context.canBePlanned(evseId)))
    return { facts, reply: { status: 'Rejected' as const, statusInfo: { reasonCode: 'NotEnabled' } } }
  return { facts, reply: { status: 'Accepted' as const } }
})
