import { percent, seconds } from '@voltway/units'
import type { iso2 } from '@voltway/wire/iso15118'
import { type ChargingNeeds, type EnergyTransfer, isDirectCurrent } from '../../../machine/charging.ts'
import type { StationTold } from '../../../machine/station-words.ts'
import type { Requests } from '../../message.ts'
import { amperesOf, optional, voltsOf, wattHoursOf, wattsOf } from '../../physical.ts'
import { scheduleListOf } from '../../schedules.ts'
import { tariffParts } from '../../tariff-parts.ts'
import type { Handler } from '../answer.ts'
import type { SeccSession } from '../state.ts'
import { supplyOf, transferOf, vehicleTold } from '../supply.ts'

const acNeeds = (parameter: iso2.AC_EVChargeParameterType) => ({
  ...optional('departure', parameter.DepartureTime, seconds),
  energy: wattHoursOf(parameter.EAmount),
  charge: {
    maxVoltage: voltsOf(parameter.EVMaxVoltage),
    maxCurrent: amperesOf(parameter.EVMaxCurrent),
    minCurrent: amperesOf(parameter.EVMinCurrent),
  },
})

const dcNeeds = (parameter: iso2.DC_EVChargeParameterType) => ({
  ...optional('departure', parameter.DepartureTime, seconds),
  ...optional('energy', parameter.EVEnergyRequest, wattHoursOf),
  ...optional('capacity', parameter.EVEnergyCapacity, wattHoursOf),
  ...optional('targetSoc', parameter.FullSOC, percent),
  soc: percent(parameter.DC_EVStatus.EVRESSSOC),
  charge: {
    maxCurrent: amperesOf(parameter.EVMaximumCurrentLimit),
    maxVoltage: voltsOf(parameter.EVMaximumVoltageLimit),
    ...optional('maxPower', parameter.EVMaximumPowerLimit, wattsOf),
  },
})

/** What the car wants, or nothing where its parameters are not those of the mode it asks for. */
const needsOf = (request: Requests['ChargeParameterDiscovery'], transfer: EnergyTransfer): ChargingNeeds | undefined => {
  const { AC_EVChargeParameter, DC_EVChargeParameter, MaxEntriesSAScheduleTuple } = request
  const common = { transfer, control: 'scheduled', maxSchedules: Math.min(3, MaxEntriesSAScheduleTuple ?? 3), prices: ['levels'] } as const
  if (isDirectCurrent(transfer)) return DC_EVChargeParameter && { ...dcNeeds(DC_EVChargeParameter), ...common }
  return AC_EVChargeParameter && { ...acNeeds(AC_EVChargeParameter), ...common }
}

/** Prices that a contract is billed by are signed; whoever pays otherwise takes them as they are. */
const signatureOf = ({ facts, options }: SeccSession, list: iso2.SAScheduleListType): iso2.SignatureType | undefined => {
  const parts = facts.payment === 'contract' && options.crypto?.signTariff ? tariffParts(list) : undefined
  return parts && options.crypto?.signTariff?.(parts)
}

/** Tells the station what is wanted and keeps the car waiting until it has offered a schedule. */
export const chargeParameterDiscovery: Handler<'ChargeParameterDiscovery'> = ({ session }, request) => {
  const { facts, station } = session
  const transfer = transferOf(session, request.RequestedEnergyTransferMode)
  if (transfer === undefined || (facts.resumed !== undefined && facts.resumed.transfer !== transfer))
    return { kind: 'fail', code: 'FAILED_WrongEnergyTransferMode', detail: request.RequestedEnergyTransferMode }
  const needs = needsOf(request, transfer)
  if (needs === undefined) return { kind: 'fail', code: 'FAILED_WrongChargeParameter' }
  const chosen = { ...session, facts: { ...facts, transfer } }
  const status = request.DC_EVChargeParameter?.DC_EVStatus
  const asked: readonly StationTold[] = facts.scheduleAsked
    ? []
    : [
        { told: 'needs', needs },
        { told: 'scheduleWanted', needs },
      ]
  const told = [...(status === undefined ? [] : [vehicleTold(status)]), ...asked]
  if (station.offers === undefined || station.offers.length === 0)
    return {
      kind: 'respond',
      response: { ResponseCode: 'OK', EVSEProcessing: 'Ongoing', ...supplyOf(chosen) },
      next: 'chargeParameters',
      facts: { transfer, needs, scheduleAsked: true },
      told,
    }
  const offered = station.offers.slice(0, Math.max(1, needs.maxSchedules))
  const SAScheduleList = scheduleListOf(offered)
  return {
    kind: 'respond',
    response: { ResponseCode: 'OK', EVSEProcessing: 'Finished', SAScheduleList, ...supplyOf(chosen) },
    signature: signatureOf(session, SAScheduleList),
    next: isDirectCurrent(transfer) ? 'cableCheck' : 'acReady',
    facts: { transfer, needs, offered, scheduleAsked: false, cableCheckAsked: false },
    // The cable is to be checked again each time.
    station: { offers: undefined, isolation: undefined },
    told,
  }
}
