import type { ac, dc } from '@voltway/wire/iso15118'
import { optional, rational, rationalAmperes, rationalVolts, rationalWatts } from '../rational.ts'
import { type Bounds, boundsOf } from './bounds.ts'
import { offeredModes, offeredServices } from './offers.ts'
import type { SeccSession } from './state.ts'

const GRID_FREQUENCY_HZ = 50

/** The mode of the session; before there is one, the first that could be. */
export const energyOf = (session: SeccSession) => {
  const service = offeredServices(session)[0]
  return session.facts.energy ?? (service === undefined ? undefined : offeredModes(session, service)[0])
}

/** What the station can do now, for the mode of the session. */
export const currentBounds = (session: SeccSession): Bounds | undefined => {
  const energy = energyOf(session)
  return energy && boundsOf(session.station.limits, energy)
}

const acMode = ({ station }: SeccSession, { charge }: Bounds): ac.AC_CPDResEnergyTransferModeType => ({
  EVSEMaximumChargePower: rationalWatts(charge.maxPower),
  EVSEMinimumChargePower: rationalWatts(charge.minPower),
  EVSENominalFrequency: rational(station.limits.nominalFrequencyHz ?? GRID_FREQUENCY_HZ),
  ...optional('EVSEPresentActivePower', station.power, rationalWatts),
})

const NO_BOUNDS = boundsOf(
  { charge: {} },
  {
    service: 1,
    parameterSet: 1,
    transfer: 'AC_single_phase',
    family: 'ac',
    bidirectional: false,
    automatic: false,
    control: 'scheduled',
    mobilityNeeds: 'evcc',
    prices: 'none',
  },
)

/** The limits of alternating current as ChargeParameterDiscoveryRes says them. */
export const chargeParametersAc = (session: SeccSession): Omit<ac.AC_ChargeParameterDiscoveryResType, 'Header' | 'ResponseCode'> => {
  const bounds = currentBounds(session) ?? NO_BOUNDS
  const mode = acMode(session, bounds)
  if (energyOf(session)?.bidirectional !== true) return { AC_CPDResEnergyTransferMode: mode }
  return {
    BPT_AC_CPDResEnergyTransferMode: {
      ...mode,
      EVSEMaximumDischargePower: rationalWatts(bounds.discharge.maxPower),
      EVSEMinimumDischargePower: rationalWatts(bounds.discharge.minPower),
    },
  }
}

const dcMode = ({ charge }: Bounds): dc.DC_CPDResEnergyTransferModeType => ({
  EVSEMaximumChargePower: rationalWatts(charge.maxPower),
  EVSEMinimumChargePower: rationalWatts(charge.minPower),
  EVSEMaximumChargeCurrent: rationalAmperes(charge.maxCurrent),
  EVSEMinimumChargeCurrent: rationalAmperes(charge.minCurrent),
  EVSEMaximumVoltage: rationalVolts(charge.maxVoltage),
  EVSEMinimumVoltage: rationalVolts(charge.minVoltage),
})

/** The limits of direct current as ChargeParameterDiscoveryRes says them. */
export const chargeParametersDc = (session: SeccSession): Omit<dc.DC_ChargeParameterDiscoveryResType, 'Header' | 'ResponseCode'> => {
  const bounds = currentBounds(session) ?? NO_BOUNDS
  if (energyOf(session)?.bidirectional !== true) return { DC_CPDResEnergyTransferMode: dcMode(bounds) }
  return {
    BPT_DC_CPDResEnergyTransferMode: {
      ...dcMode(bounds),
      EVSEMaximumDischargePower: rationalWatts(bounds.discharge.maxPower),
      EVSEMinimumDischargePower: rationalWatts(bounds.discharge.minPower),
      EVSEMaximumDischargeCurrent: rationalAmperes(bounds.discharge.maxCurrent),
      EVSEMinimumDischargeCurrent: rationalAmperes(bounds.discharge.minCurrent),
    },
  }
}
