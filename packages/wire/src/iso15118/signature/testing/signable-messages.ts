import type { SignableDocuments } from '../sign-message.ts'

type Iso2Value = Extract<SignableDocuments['iso15118-2'], { root: 'V2G_Message' }>['value']
type Iso20Message = SignableDocuments['iso15118-20/CommonMessages']

const bytes = (length: number, first: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (first + index) & 0xff)
const SESSION = bytes(8, 1)
const iso2 = (Body: Iso2Value['Body']): SignableDocuments['iso15118-2'] => ({
  root: 'V2G_Message',
  value: { Header: { SessionID: SESSION }, Body },
})
const Header = { SessionID: SESSION, TimeStamp: 1_764_252_000n }

const chain = { Certificate: bytes(600, 2), SubCertificates: { Certificate: [bytes(500, 3), bytes(510, 4)] } }
const rootIds = { RootCertificateID: [{ X509IssuerName: 'CN=V2G Root CA', X509SerialNumber: 0x4f00_0000_0000_0000_0001n }] }
const installation = {
  ResponseCode: 'OK',
  SAProvisioningCertificateChain: chain,
  ContractSignatureCertChain: chain,
  ContractSignatureEncryptedPrivateKey: { Id: 'key', value: bytes(48, 5) },
  DHpublickey: { Id: 'dh', value: bytes(65, 6) },
  eMAID: { Id: 'emaid', value: 'DEVTWC12345678' },
} as const
const tariff = (SalesTariffID: number) => ({
  SalesTariffID,
  SalesTariffEntry: [{ RelativeTimeInterval: { start: 0, duration: 3600 }, EPriceLevel: 1, ConsumptionCost: [] }],
})
const tuple = (SAScheduleTupleID: number) => ({
  SAScheduleTupleID,
  PMaxSchedule: { PMaxScheduleEntry: [{ RelativeTimeInterval: { start: 0 }, PMax: { Multiplier: 3, Unit: 'W', Value: 11 } as const }] },
  SalesTariff: tariff(SAScheduleTupleID),
})

/** One message of each kind that is signed in ISO 15118-2. */
export const ISO2_MESSAGES: readonly SignableDocuments['iso15118-2'][] = [
  iso2({ AuthorizationReq: { GenChallenge: bytes(16, 7) } }),
  iso2({ MeteringReceiptReq: { SessionID: SESSION, SAScheduleTupleID: 1, MeterInfo: { MeterID: 'M1', MeterReading: 12_345n } } }),
  iso2({ CertificateInstallationReq: { Id: 'req', OEMProvisioningCert: bytes(700, 8), ListOfRootCertificateIDs: rootIds } }),
  iso2({ CertificateInstallationRes: installation }),
  iso2({
    CertificateUpdateReq: { Id: 'req', ContractSignatureCertChain: chain, eMAID: 'DEVTWC12345678', ListOfRootCertificateIDs: rootIds },
  }),
  iso2({ CertificateUpdateRes: { ...installation, RetryCounter: 0 } }),
  iso2({
    ChargeParameterDiscoveryRes: {
      ResponseCode: 'OK',
      EVSEProcessing: 'Finished',
      SAScheduleList: { SAScheduleTuple: [tuple(1), tuple(2), tuple(3)] },
      DC_EVSEChargeParameter: {
        DC_EVSEStatus: { NotificationMaxDelay: 0, EVSENotification: 'None', EVSEStatusCode: 'EVSE_Ready' },
        EVSEMaximumCurrentLimit: { Multiplier: 0, Unit: 'A', Value: 200 },
        EVSEMaximumPowerLimit: { Multiplier: 3, Unit: 'W', Value: 100 },
        EVSEMaximumVoltageLimit: { Multiplier: 0, Unit: 'V', Value: 920 },
        EVSEMinimumCurrentLimit: { Multiplier: 0, Unit: 'A', Value: 0 },
        EVSEMinimumVoltageLimit: { Multiplier: 0, Unit: 'V', Value: 150 },
        EVSEPeakCurrentRipple: { Multiplier: 0, Unit: 'A', Value: 1 },
      },
    },
  }),
]

const prices = {
  TimeAnchor: 1_764_252_000n,
  PriceScheduleID: 1,
  Currency: 'EUR',
  Language: 'de',
  PriceAlgorithm: 'urn:iso:std:iso:15118:-20:PriceAlgorithm:1-Power',
  PriceRuleStacks: {
    PriceRuleStack: [
      { Duration: 3600, PriceRule: [{ EnergyFee: { Exponent: -2, Value: 39 }, PowerRangeStart: { Exponent: 0, Value: 0 } }] },
    ],
  },
}
const power = { TimeAnchor: 0n, PowerScheduleEntries: { PowerScheduleEntry: [{ Duration: 3600, Power: { Exponent: 3, Value: 11 } }] } }
const schedule = { PowerSchedule: power, AbsolutePriceSchedule: prices }

/** One message of each kind that is signed in ISO 15118-20, and a dynamic schedule beside a scheduled one. */
export const ISO20_MESSAGES: readonly Iso20Message[] = [
  {
    root: 'AuthorizationReq',
    value: {
      Header,
      SelectedAuthorizationService: 'PnC',
      PnC_AReqAuthorizationMode: { Id: 'id1', GenChallenge: bytes(16, 9), ContractCertificateChain: chain },
    },
  },
  {
    root: 'CertificateInstallationReq',
    value: {
      Header,
      OEMProvisioningCertificateChain: { Id: 'id1', ...chain },
      ListOfRootCertificateIDs: { RootCertificateID: [{ X509IssuerName: 'CN=V2G Root CA', X509SerialNumber: 7n }] },
      MaximumContractCertificateChains: 1,
    },
  },
  {
    root: 'CertificateInstallationRes',
    value: {
      Header,
      ResponseCode: 'OK',
      EVSEProcessing: 'Finished',
      CPSCertificateChain: chain,
      SignedInstallationData: {
        Id: 'id1',
        ContractCertificateChain: chain,
        ECDHCurve: 'SECP521',
        DHPublicKey: bytes(133, 10),
        SECP521_EncryptedPrivateKey: bytes(94, 11),
      },
      RemainingContractCertificateChains: 0,
    },
  },
  {
    root: 'MeteringConfirmationReq',
    value: {
      Header,
      SignedMeteringData: {
        Id: 'id1',
        SessionID: SESSION,
        MeterInfo: { MeterID: 'M1', ChargedEnergyReadingWh: 12_345n },
        Dynamic_SMDTControlMode: {},
      },
    },
  },
  {
    root: 'ScheduleExchangeRes',
    value: { Header, ResponseCode: 'OK', EVSEProcessing: 'Finished', Dynamic_SEResControlMode: { AbsolutePriceSchedule: prices } },
  },
  {
    root: 'ScheduleExchangeRes',
    value: {
      Header,
      ResponseCode: 'OK',
      EVSEProcessing: 'Finished',
      Scheduled_SEResControlMode: {
        ScheduleTuple: [{ ScheduleTupleID: 1, ChargingSchedule: schedule, DischargingSchedule: schedule }],
      },
    },
  },
]
