import { epochMs, volts } from '@voltway/units'
import type { commonMessages } from '@voltway/wire/iso15118'
import type { MessageName, ResponseCode, Responses } from '../message.ts'
import { rational, rationalAmperes, rationalVolts } from '../rational.ts'
import { tuplesOf } from '../schedules.ts'
import { parameterSetOf } from '../services.ts'
import { chargeParametersAc, chargeParametersDc, currentBounds } from './charge-parameters.ts'
import { acControl, dcControl } from './loop-control.ts'
import { plainOffer } from './messages/schedule-exchange.ts'
import { wirelessLimits, wirelessSupply } from './messages/wireless.ts'
import { offeredModes, offeredServices } from './offers.ts'
import type { SeccSession } from './state.ts'

type Refusal<Name extends MessageName> = (code: ResponseCode, session: SeccSession) => Responses[Name]

const NO_BYTES = new Uint8Array(1)
/** As long as the schema wants them for this curve: a point, and a key that is encrypted. */
const [NO_POINT, NO_KEY] = [new Uint8Array(133), new Uint8Array(94)]

const NO_INSTALLATION: commonMessages.SignedInstallationDataType = {
  Id: 'id1',
  ContractCertificateChain: { Certificate: NO_BYTES, SubCertificates: { Certificate: [NO_BYTES] } },
  ECDHCurve: 'SECP521',
  DHPublicKey: NO_POINT,
  SECP521_EncryptedPrivateKey: NO_KEY,
}

const presentVoltage = ({ station }: SeccSession) => rationalVolts(station.voltage)

const NO_PANTOGRAPH = {
  EVSEProcessing: 'Finished',
  EVSEElectricalChargingDeviceStatus: 'State_A',
  EVSEMechanicalChargingDeviceStatus: 'Home',
} as const

/** The list that the schema wants, with the first service that could be named. */
const anyService = (session: SeccSession) => ({ Service: [{ ServiceID: offeredServices(session)[0] ?? 1, FreeService: false }] })

const anySet = (session: SeccSession): commonMessages.ParameterSetType => {
  const mode = offeredModes(session, offeredServices(session)[0] ?? 0)[0]
  return mode === undefined
    ? { ParameterSetID: 1, Parameter: [{ Name: 'Connector', intValue: 0 }] }
    : parameterSetOf(mode, session.station.limits.nominalVoltage ?? volts(0))
}

/** For every request the response that says no, with what the schema demands beside the code. */
export const REFUSALS: { readonly [Name in MessageName]: Refusal<Name> } = {
  SessionSetup: (ResponseCode, { options }) => ({ ResponseCode, EVSEID: options.evseId }),
  AuthorizationSetup: (ResponseCode) => ({
    ResponseCode,
    AuthorizationServices: ['EIM'],
    CertificateInstallationService: false,
    EIM_ASResAuthorizationMode: {},
  }),
  CertificateInstallation: (ResponseCode) => ({
    ResponseCode,
    EVSEProcessing: 'Finished',
    CPSCertificateChain: { Certificate: NO_BYTES },
    SignedInstallationData: NO_INSTALLATION,
    RemainingContractCertificateChains: 0,
  }),
  Authorization: (ResponseCode) => ({ ResponseCode, EVSEProcessing: 'Finished' }),
  ServiceDiscovery: (ResponseCode, session) => ({
    ResponseCode,
    ServiceRenegotiationSupported: false,
    EnergyTransferServiceList: anyService(session),
  }),
  ServiceDetail: (ResponseCode, session) => ({
    ResponseCode,
    ServiceID: offeredServices(session)[0] ?? 1,
    ServiceParameterList: { ParameterSet: [anySet(session)] },
  }),
  ServiceSelection: (ResponseCode) => ({ ResponseCode }),
  ScheduleExchange: (ResponseCode, session) => ({
    ResponseCode,
    EVSEProcessing: 'Finished',
    ...(session.facts.energy?.control === 'scheduled'
      ? { Scheduled_SEResControlMode: tuplesOf([plainOffer(session)], epochMs(0)) }
      : { Dynamic_SEResControlMode: {} }),
  }),
  PowerDelivery: (ResponseCode) => ({ ResponseCode }),
  MeteringConfirmation: (ResponseCode) => ({ ResponseCode }),
  SessionStop: (ResponseCode) => ({ ResponseCode }),
  AC_ChargeParameterDiscovery: (ResponseCode, session) => ({ ResponseCode, ...chargeParametersAc(session) }),
  AC_ChargeLoop: (ResponseCode, session) => ({ ResponseCode, ...acControl(session) }),
  DC_ChargeParameterDiscovery: (ResponseCode, session) => ({ ResponseCode, ...chargeParametersDc(session) }),
  DC_CableCheck: (ResponseCode) => ({ ResponseCode, EVSEProcessing: 'Finished' }),
  DC_PreCharge: (ResponseCode, session) => ({ ResponseCode, EVSEPresentVoltage: presentVoltage(session) }),
  DC_ChargeLoop: (ResponseCode, session) => ({
    ResponseCode,
    EVSEPresentCurrent: rationalAmperes(session.station.current),
    EVSEPresentVoltage: presentVoltage(session),
    EVSEPowerLimitAchieved: false,
    EVSECurrentLimitAchieved: false,
    EVSEVoltageLimitAchieved: false,
    ...dcControl(session),
  }),
  WPT_FinePositioningSetup: (ResponseCode) => ({
    ResponseCode,
    PrimaryDeviceFinePositioningMethodList: { WPT_FinePositioningMethod: ['Manual'] },
    PrimaryDevicePairingMethodList: { WPT_PairingMethod: ['External confirmation'] },
    PrimaryDeviceAlignmentCheckMethodList: { WPT_AlignmentCheckMethod: ['PowerCheck'] },
    NaturalOffset: 0,
  }),
  WPT_FinePositioning: (ResponseCode) => ({ ResponseCode, EVSEProcessing: 'Finished' }),
  WPT_Pairing: (ResponseCode) => ({ ResponseCode, EVSEProcessing: 'Finished' }),
  WPT_ChargeParameterDiscovery: (ResponseCode, session) => ({ ResponseCode, ...wirelessSupply(currentBounds(session)) }),
  WPT_AlignmentCheck: (ResponseCode) => ({ ResponseCode, EVSEProcessing: 'Finished' }),
  WPT_ChargeLoop: (ResponseCode, session) => ({
    ResponseCode,
    EVPCPowerRequest: rational(0),
    ...wirelessLimits(session),
    SPCChargeDiagnostics: 'SPCNoIssue',
  }),
  ACDP_VehiclePositioning: (ResponseCode) => ({
    ResponseCode,
    EVSEProcessing: 'Finished',
    EVSEPositioningSupport: false,
    EVRelativeXDeviation: 0,
    EVRelativeYDeviation: 0,
    ContactWindowXc: 0,
    ContactWindowYc: 0,
    EVInChargePosition: false,
  }),
  ACDP_Connect: (ResponseCode) => ({ ResponseCode, ...NO_PANTOGRAPH }),
  ACDP_Disconnect: (ResponseCode) => ({ ResponseCode, ...NO_PANTOGRAPH }),
  ACDP_SystemStatus: (ResponseCode) => ({
    ResponseCode,
    EVSEMechanicalChargingDeviceStatus: 'Home',
    EVSEReadyToCharge: false,
    EVSEIsolationStatus: 'Invalid',
    EVSEDisabled: false,
    EVSEUtilityInterruptEvent: false,
    EVSEEmergencyShutdown: false,
    EVSEMalfunction: false,
    EVInChargePosition: false,
    EVAssociationStatus: false,
  }),
  DC_WeldingDetection: (ResponseCode, session) => ({ ResponseCode, EVSEPresentVoltage: presentVoltage(session) }),
}
