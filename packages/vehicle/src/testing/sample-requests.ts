import type { RequestBody } from '../iso2/message.ts'
import type { SeccEvent } from '../iso2/secc/table.ts'

const V = (Value: number) => ({ Multiplier: 0, Unit: 'V', Value }) as const
const A = (Value: number) => ({ Multiplier: 0, Unit: 'A', Value }) as const
const DC_EVStatus = { EVReady: true, EVErrorCode: 'NO_ERROR', EVRESSSOC: 40 } as const
const BYTES = Uint8Array.of(1, 2, 3)
const ROOTS = { RootCertificateID: [{ X509IssuerName: 'CN=root', X509SerialNumber: 7n }] }

const powerDelivery = (ChargeProgress: 'Start' | 'Stop' | 'Renegotiate'): RequestBody => ({
  message: 'PowerDelivery',
  value: { ChargeProgress, SAScheduleTupleID: 1 },
})

const DC_PARAMETERS: RequestBody = {
  message: 'ChargeParameterDiscovery',
  value: {
    RequestedEnergyTransferMode: 'DC_extended',
    DC_EVChargeParameter: { DC_EVStatus, EVMaximumCurrentLimit: A(125), EVMaximumVoltageLimit: V(420) },
  },
}
const AC_PARAMETERS: RequestBody = {
  message: 'ChargeParameterDiscovery',
  value: {
    RequestedEnergyTransferMode: 'AC_three_phase_core',
    AC_EVChargeParameter: {
      EAmount: { Multiplier: 0, Unit: 'Wh', Value: 9_000 },
      EVMaxVoltage: V(400),
      EVMaxCurrent: A(16),
      EVMinCurrent: A(6),
    },
  },
}

/** One valid request for every event of the station's table. */
export const sampleRequests = (direct: boolean): Readonly<Record<SeccEvent, RequestBody>> => ({
  SessionSetup: { message: 'SessionSetup', value: { EVCCID: Uint8Array.of(2, 0, 0, 0, 0, 1) } },
  ServiceDiscovery: { message: 'ServiceDiscovery', value: {} },
  ServiceDetail: { message: 'ServiceDetail', value: { ServiceID: 1 } },
  PaymentServiceSelection: {
    message: 'PaymentServiceSelection',
    value: { SelectedPaymentOption: 'ExternalPayment', SelectedServiceList: { SelectedService: [{ ServiceID: 1 }] } },
  },
  CertificateInstallation: {
    message: 'CertificateInstallation',
    value: { Id: 'id1', OEMProvisioningCert: BYTES, ListOfRootCertificateIDs: ROOTS },
  },
  CertificateUpdate: {
    message: 'CertificateUpdate',
    value: { Id: 'id1', ContractSignatureCertChain: { Certificate: BYTES }, eMAID: 'DEVLTC00000001', ListOfRootCertificateIDs: ROOTS },
  },
  PaymentDetails: { message: 'PaymentDetails', value: { eMAID: 'DEVLTC00000001', ContractSignatureCertChain: { Certificate: BYTES } } },
  Authorization: { message: 'Authorization', value: {} },
  ChargeParameterDiscovery: direct ? DC_PARAMETERS : AC_PARAMETERS,
  CableCheck: { message: 'CableCheck', value: { DC_EVStatus } },
  PreCharge: { message: 'PreCharge', value: { DC_EVStatus, EVTargetVoltage: V(400), EVTargetCurrent: A(1) } },
  ChargingStatus: { message: 'ChargingStatus', value: {} },
  CurrentDemand: {
    message: 'CurrentDemand',
    value: { DC_EVStatus, EVTargetCurrent: A(100), ChargingComplete: false, EVTargetVoltage: V(400) },
  },
  MeteringReceipt: { message: 'MeteringReceipt', value: { SessionID: BYTES, MeterInfo: { MeterID: 'm' } } },
  WeldingDetection: { message: 'WeldingDetection', value: { DC_EVStatus } },
  'PowerDelivery(Start)': powerDelivery('Start'),
  'PowerDelivery(Stop)': powerDelivery('Stop'),
  'PowerDelivery(Renegotiate)': powerDelivery('Renegotiate'),
  'SessionStop(Terminate)': { message: 'SessionStop', value: { ChargingSession: 'Terminate' } },
  'SessionStop(Pause)': { message: 'SessionStop', value: { ChargingSession: 'Pause' } },
})
