import { WPT_METHODS } from '../evcc/positioning-requests.ts'
import type { Message, RequestBody, Requests } from '../message.ts'

const NONE = { Exponent: 0, Value: 0 }
const METER = { MeterID: 'M', ChargedEnergyReadingWh: 1n }
const BYTE = Uint8Array.of(1)

/** One request of each kind that the schema allows, wherever it may be out of place. */
const SAMPLES: { readonly [Name in keyof Requests]: readonly Requests[Name][] } = {
  SessionSetup: [{ EVCCID: '020000000001' }],
  AuthorizationSetup: [{}],
  CertificateInstallation: [
    {
      OEMProvisioningCertificateChain: { Id: 'id1', Certificate: BYTE },
      ListOfRootCertificateIDs: { RootCertificateID: [{ X509IssuerName: 'CN=Root', X509SerialNumber: 1n }] },
      MaximumContractCertificateChains: 1,
    },
  ],
  Authorization: [
    { SelectedAuthorizationService: 'EIM', EIM_AReqAuthorizationMode: {} },
    {
      SelectedAuthorizationService: 'PnC',
      PnC_AReqAuthorizationMode: {
        Id: 'id1',
        GenChallenge: new Uint8Array(16),
        ContractCertificateChain: { Certificate: BYTE, SubCertificates: { Certificate: [BYTE] } },
      },
    },
  ],
  ServiceDiscovery: [{}, { SupportedServiceIDs: { ServiceID: [1, 2] } }],
  ServiceDetail: [{ ServiceID: 1 }, { ServiceID: 2 }, { ServiceID: 99 }],
  ServiceSelection: [
    { SelectedEnergyTransferService: { ServiceID: 1, ParameterSetID: 1 } },
    { SelectedEnergyTransferService: { ServiceID: 2, ParameterSetID: 1 } },
    { SelectedEnergyTransferService: { ServiceID: 6, ParameterSetID: 4 } },
    { SelectedEnergyTransferService: { ServiceID: 3, ParameterSetID: 1 } },
    { SelectedEnergyTransferService: { ServiceID: 4, ParameterSetID: 1 } },
  ],
  ScheduleExchange: [
    { MaximumSupportingPoints: 12, Scheduled_SEReqControlMode: {} },
    {
      MaximumSupportingPoints: 12,
      Dynamic_SEReqControlMode: {
        DepartureTime: 60,
        EVTargetEnergyRequest: NONE,
        EVMaximumEnergyRequest: NONE,
        EVMinimumEnergyRequest: NONE,
      },
    },
  ],
  PowerDelivery: [
    { EVProcessing: 'Ongoing', ChargeProgress: 'Start' },
    {
      EVProcessing: 'Finished',
      ChargeProgress: 'Start',
      EVPowerProfile: {
        TimeAnchor: 0n,
        Scheduled_EVPPTControlMode: { SelectedScheduleTupleID: 1 },
        EVPowerProfileEntries: { EVPowerProfileEntry: [{ Duration: 60, Power: { Exponent: 0, Value: 1000 } }] },
      },
    },
    { EVProcessing: 'Finished', ChargeProgress: 'Stop' },
    { EVProcessing: 'Finished', ChargeProgress: 'Standby' },
    { EVProcessing: 'Finished', ChargeProgress: 'ScheduleRenegotiation' },
  ],
  MeteringConfirmation: [
    { SignedMeteringData: { Id: 'id1', SessionID: new Uint8Array(8), MeterInfo: METER, Dynamic_SMDTControlMode: {} } },
  ],
  SessionStop: [{ ChargingSession: 'Terminate' }, { ChargingSession: 'Pause' }, { ChargingSession: 'ServiceRenegotiation' }],
  AC_ChargeParameterDiscovery: [
    { AC_CPDReqEnergyTransferMode: { EVMaximumChargePower: { Exponent: 3, Value: 11 }, EVMinimumChargePower: NONE } },
  ],
  AC_ChargeLoop: [{ MeterInfoRequested: false, Scheduled_AC_CLReqControlMode: { EVPresentActivePower: NONE } }],
  DC_ChargeParameterDiscovery: [
    {
      DC_CPDReqEnergyTransferMode: {
        EVMaximumChargePower: { Exponent: 3, Value: 300 },
        EVMinimumChargePower: NONE,
        EVMaximumChargeCurrent: { Exponent: 0, Value: 300 },
        EVMinimumChargeCurrent: NONE,
        EVMaximumVoltage: { Exponent: 0, Value: 420 },
        EVMinimumVoltage: NONE,
      },
    },
  ],
  DC_CableCheck: [{}],
  DC_PreCharge: [{ EVProcessing: 'Ongoing', EVPresentVoltage: NONE, EVTargetVoltage: { Exponent: 0, Value: 900 } }],
  DC_ChargeLoop: [
    {
      MeterInfoRequested: true,
      EVPresentVoltage: NONE,
      Scheduled_DC_CLReqControlMode: { EVTargetCurrent: { Exponent: 2, Value: 9 }, EVTargetVoltage: { Exponent: 0, Value: 800 } },
    },
  ],
  DC_WeldingDetection: [{ EVProcessing: 'Ongoing' }],
  WPT_FinePositioningSetup: [WPT_METHODS],
  WPT_FinePositioning: [
    { EVProcessing: 'Ongoing', EVResultCode: 'EVResultUnknown' },
    { EVProcessing: 'Finished', EVResultCode: 'EVResultSuccess' },
  ],
  WPT_Pairing: [{ EVProcessing: 'Finished', EVResultCode: 'EVResultSuccess' }],
  WPT_ChargeParameterDiscovery: [
    {
      EVPCMaxReceivablePower: { Exponent: 3, Value: 11 },
      SDMaxGroundClearence: 200,
      SDMinGroundClearence: 150,
      EVPCNaturalFrequency: { Exponent: 3, Value: 85 },
      EVPCDeviceLocalControl: false,
    },
  ],
  WPT_AlignmentCheck: [{ EVProcessing: 'Finished', EVResultCode: 'EVResultSuccess' }],
  WPT_ChargeLoop: [
    {
      MeterInfoRequested: true,
      EVPCPowerRequest: { Exponent: 3, Value: 90 },
      EVPCPowerOutput: NONE,
      EVPCChargeDiagnostics: 'EVPCNoIssue',
    },
  ],
  ACDP_VehiclePositioning: [{ EVMobilityStatus: false, EVPositioningSupport: false }],
  ACDP_Connect: [{ EVElectricalChargingDeviceStatus: 'State_B' }],
  ACDP_Disconnect: [{ EVElectricalChargingDeviceStatus: 'State_A' }],
  ACDP_SystemStatus: [{ EVTechnicalStatus: { EVReadyToCharge: true, EVImmobilizationRequest: true } }],
}

export interface Sample {
  readonly stream: Message['stream']
  readonly body: RequestBody
}

/** Every kind of request, on every stream where it may be read. */
export const sampleRequests = (): readonly Sample[] =>
  Object.entries(SAMPLES).flatMap(([message, values]) =>
    values.flatMap((value): readonly Sample[] => {
      const body = { message, value } as RequestBody
      const main: Sample = { stream: 'main', body }
      if (message === 'ScheduleExchange') return [main, { stream: 'schedule', body }]
      if (message === 'ACDP_SystemStatus') return [{ stream: 'systemStatus', body }]
      return message === 'MeteringConfirmation' ? [main, { stream: 'metering', body }] : [main]
    }),
  )
