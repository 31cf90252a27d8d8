import { type EpochMs, watts } from '@voltway/units'
import type { Requests } from '../message.ts'
import { optional, rational, rationalWatts } from '../rational.ts'
import { display, presentPower } from './loop-requests.ts'
import { limitsOf } from './parameter-requests.ts'
import type { EvccSession } from './state.ts'

/** What a car can do whose driver parks it and confirms that it is this one. */
export const WPT_METHODS: Requests['WPT_FinePositioningSetup'] = {
  EVProcessing: 'Finished',
  EVDeviceFinePositioningMethodList: { WPT_FinePositioningMethod: ['Manual'] },
  EVDevicePairingMethodList: { WPT_PairingMethod: ['External confirmation'] },
  EVDeviceAlignmentCheckMethodList: { WPT_AlignmentCheckMethod: ['PowerCheck'] },
  NaturalOffset: 0,
}

/** The car is in place as soon as the station is. */
export const placing = ({ facts }: EvccSession) =>
  facts.inPlace
    ? ({ EVProcessing: 'Finished', EVResultCode: 'EVResultSuccess' } as const)
    : ({ EVProcessing: 'Ongoing', EVResultCode: 'EVResultUnknown' } as const)

/** Ground clearance of class Z2 in millimetres, and the frequency of light-duty vehicles. SAE J2954. */
const CLEARANCE = { SDMinGroundClearence: 140, SDMaxGroundClearence: 210 } as const
const NATURAL_HERTZ = 85_000

export const wptParameters = (session: EvccSession): Requests['WPT_ChargeParameterDiscovery'] => ({
  EVPCMaxReceivablePower: rationalWatts(limitsOf(session).maxPower ?? watts(0)),
  ...CLEARANCE,
  EVPCNaturalFrequency: rational(NATURAL_HERTZ),
  EVPCDeviceLocalControl: false,
})

export const wptLoop = (session: EvccSession, at: EpochMs): Requests['WPT_ChargeLoop'] => {
  const power = rationalWatts(presentPower(session, at))
  return {
    ...display(session),
    MeterInfoRequested: true,
    EVPCPowerRequest: power,
    EVPCPowerOutput: power,
    EVPCChargeDiagnostics: 'EVPCNoIssue',
  }
}

export const systemStatusRequest = ({ car }: EvccSession): Requests['ACDP_SystemStatus'] => ({
  EVTechnicalStatus: {
    EVReadyToCharge: true,
    EVImmobilizationRequest: true,
    EVImmobilized: true,
    EVCPStatus: 'StateC',
    ...optional('EVSOC', car.soc, Math.round),
    EVErrorCode: 'OK_NoEVError',
  },
})
