import { amperes, type Percent, volts, watts } from '@voltway/units'
import type { iso2 } from '@voltway/wire/iso15118'
import { type EnergyTransfer, isDirectCurrent } from '../../machine/charging.ts'
import { optional, physicalAmperes, physicalVolts, physicalWattHours, physicalWatts } from '../physical.ts'
import type { SeccSession } from './state.ts'
import { acStatus, dcStatus } from './status.ts'

type Mode = iso2.ChargeParameterDiscoveryReqType['RequestedEnergyTransferMode']

/** What each transfer is called; the first is offered, the others are taken too. */
const MODES: Readonly<Partial<Record<EnergyTransfer, readonly Mode[]>>> = {
  AC_single_phase: ['AC_single_phase_core'],
  AC_three_phase: ['AC_three_phase_core'],
  DC: ['DC_extended', 'DC_core', 'DC_combo_core', 'DC_unique'],
}

export const transfersOf = ({ options, dialect }: Pick<SeccSession, 'options' | 'dialect'>): readonly EnergyTransfer[] =>
  options.transfers.filter((transfer) => MODES[transfer] !== undefined && (dialect.can.alternatingCurrent || isDirectCurrent(transfer)))

/** The modes that a station names, at most six. */
export const offeredModes = (session: Pick<SeccSession, 'options' | 'dialect'>): readonly Mode[] =>
  transfersOf(session).flatMap((transfer) => MODES[transfer]?.slice(0, 1) ?? [])

export const transferOf = (session: SeccSession, mode: Mode): EnergyTransfer | undefined =>
  transfersOf(session).find((transfer) => MODES[transfer]?.includes(mode))

/** Whether the session is one of direct current; before the car said so, whether the station could be. */
export const isDirect = (session: SeccSession): boolean => {
  const transfer = session.facts.transfer ?? transfersOf(session)[0]
  return transfer === undefined || isDirectCurrent(transfer)
}

const acParameter = (session: SeccSession): iso2.AC_EVSEChargeParameterType => {
  const { limits } = session.station
  return {
    AC_EVSEStatus: acStatus(session),
    EVSENominalVoltage: physicalVolts(limits.nominalVoltage ?? volts(230)),
    EVSEMaxCurrent: physicalAmperes(limits.charge.maxCurrent ?? amperes(0)),
  }
}

const dcParameter = (session: SeccSession): iso2.DC_EVSEChargeParameterType => {
  const { charge, peakCurrentRipple, currentRegulationTolerance, energyToBeDelivered } = session.station.limits
  const { maxCurrent = amperes(0), maxVoltage = volts(0) } = charge
  return {
    DC_EVSEStatus: dcStatus(session),
    EVSEMaximumCurrentLimit: physicalAmperes(maxCurrent),
    EVSEMaximumPowerLimit: physicalWatts(charge.maxPower ?? watts(maxCurrent * maxVoltage)),
    EVSEMaximumVoltageLimit: physicalVolts(maxVoltage),
    EVSEMinimumCurrentLimit: physicalAmperes(charge.minCurrent ?? amperes(0)),
    EVSEMinimumVoltageLimit: physicalVolts(charge.minVoltage ?? volts(0)),
    ...optional('EVSECurrentRegulationTolerance', currentRegulationTolerance, physicalAmperes),
    EVSEPeakCurrentRipple: physicalAmperes(peakCurrentRipple ?? amperes(0)),
    ...optional('EVSEEnergyToBeDelivered', energyToBeDelivered, physicalWattHours),
  }
}

/** What the station can do, in the kind of current of the session. */
export const supplyOf = (session: SeccSession) =>
  isDirect(session) ? { DC_EVSEChargeParameter: dcParameter(session) } : { AC_EVSEChargeParameter: acParameter(session) }

/** What a DC_EVStatus says of the car. */
export const vehicleTold = (status: iso2.DC_EVStatusType, complete?: boolean) =>
  ({
    told: 'vehicle',
    soc: status.EVRESSSOC as Percent,
    ready: status.EVReady,
    ...(status.EVErrorCode === 'NO_ERROR' ? {} : { error: status.EVErrorCode }),
    ...(complete === undefined ? {} : { complete }),
  }) as const
