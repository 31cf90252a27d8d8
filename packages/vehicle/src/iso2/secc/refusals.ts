import type { MessageName, ResponseCode, Responses } from '../message.ts'
import { physicalAmperes, physicalVolts } from '../physical.ts'
import type { SeccSession } from './state.ts'
import { acStatus, dcStatus, statusOf } from './status.ts'
import { isDirect, supplyOf } from './supply.ts'

type Refusal<Name extends MessageName> = (code: ResponseCode, session: SeccSession) => Responses[Name]

const NO_BYTES = new Uint8Array(1)
/** As long as the schema wants one. */
const NO_EMAID = 'XX000000000000'
const NO_CHAIN = { Certificate: NO_BYTES }
/** What is mandatory in the answer to a certificate request, saying nothing. */
const noCertificate = (ResponseCode: ResponseCode): Responses['CertificateInstallation'] => ({
  ResponseCode,
  SAProvisioningCertificateChain: NO_CHAIN,
  ContractSignatureCertChain: { Id: 'id1', ...NO_CHAIN },
  ContractSignatureEncryptedPrivateKey: { Id: 'id2', value: NO_BYTES },
  DHpublickey: { Id: 'id3', value: NO_BYTES },
  eMAID: { Id: 'id4', value: NO_EMAID },
})

const presentVoltage = ({ station }: SeccSession) => physicalVolts(station.voltage)

/** For every request the response that says no, with what the schema demands beside the code. */
export const REFUSALS: { readonly [Name in MessageName]: Refusal<Name> } = {
  SessionSetup: (ResponseCode, { options }) => ({ ResponseCode, EVSEID: options.evseId }),
  ServiceDiscovery: (ResponseCode, { options }) => ({
    ResponseCode,
    PaymentOptionList: { PaymentOption: ['ExternalPayment'] },
    ChargeService: {
      ServiceID: 1,
      ServiceCategory: 'EVCharging',
      FreeService: options.freeService,
      SupportedEnergyTransferMode: { EnergyTransferMode: ['DC_extended'] },
    },
  }),
  ServiceDetail: (ResponseCode) => ({ ResponseCode, ServiceID: 1 }),
  PaymentServiceSelection: (ResponseCode) => ({ ResponseCode }),
  CertificateInstallation: noCertificate,
  CertificateUpdate: (code) => ({ ...noCertificate(code), RetryCounter: -1 }),
  PaymentDetails: (ResponseCode, { options }) => ({ ResponseCode, GenChallenge: options.challenge, EVSETimeStamp: 0n }),
  Authorization: (ResponseCode) => ({ ResponseCode, EVSEProcessing: 'Finished' }),
  ChargeParameterDiscovery: (ResponseCode, session) => ({ ResponseCode, EVSEProcessing: 'Finished', ...supplyOf(session) }),
  CableCheck: (ResponseCode, session) => ({ ResponseCode, DC_EVSEStatus: dcStatus(session), EVSEProcessing: 'Finished' }),
  PreCharge: (ResponseCode, session) => ({
    ResponseCode,
    DC_EVSEStatus: dcStatus(session),
    EVSEPresentVoltage: presentVoltage(session),
  }),
  PowerDelivery: (ResponseCode, session) => ({ ResponseCode, ...statusOf(session, isDirect(session)) }),
  ChargingStatus: (ResponseCode, session) => ({
    ResponseCode,
    EVSEID: session.options.evseId,
    SAScheduleTupleID: session.facts.scheduleId,
    AC_EVSEStatus: acStatus(session),
  }),
  CurrentDemand: (ResponseCode, session) => ({
    ResponseCode,
    DC_EVSEStatus: dcStatus(session),
    EVSEPresentVoltage: presentVoltage(session),
    EVSEPresentCurrent: physicalAmperes(session.station.current),
    EVSECurrentLimitAchieved: false,
    EVSEVoltageLimitAchieved: false,
    EVSEPowerLimitAchieved: false,
    EVSEID: session.options.evseId,
    SAScheduleTupleID: session.facts.scheduleId,
  }),
  MeteringReceipt: (ResponseCode, session) => ({ ResponseCode, ...statusOf(session, isDirect(session)) }),
  WeldingDetection: (ResponseCode, session) => ({
    ResponseCode,
    DC_EVSEStatus: dcStatus(session),
    EVSEPresentVoltage: presentVoltage(session),
  }),
  SessionStop: (ResponseCode) => ({ ResponseCode }),
}
