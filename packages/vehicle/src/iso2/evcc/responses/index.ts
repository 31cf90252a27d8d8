import type { MessageName } from '../../message.ts'
import type { Handler } from '../handler.ts'
import { chargingStatus, currentDemand, meteringReceipt, powerDelivery, sessionStop, weldingDetection } from './charging.ts'
import { authorization, certificateInstallation, certificateUpdate, paymentDetails } from './contract.ts'
import { cableCheck, chargeParameterDiscovery, preCharge } from './parameters.ts'
import { paymentServiceSelection, serviceDetail, serviceDiscovery, sessionSetup } from './setup.ts'

/** What a car makes of each response that is the one it waits for. */
export const HANDLERS: { readonly [Name in MessageName]: Handler<Name> } = {
  SessionSetup: sessionSetup,
  ServiceDiscovery: serviceDiscovery,
  ServiceDetail: serviceDetail,
  PaymentServiceSelection: paymentServiceSelection,
  CertificateInstallation: certificateInstallation,
  CertificateUpdate: certificateUpdate,
  PaymentDetails: paymentDetails,
  Authorization: authorization,
  ChargeParameterDiscovery: chargeParameterDiscovery,
  CableCheck: cableCheck,
  PreCharge: preCharge,
  PowerDelivery: powerDelivery,
  ChargingStatus: chargingStatus,
  CurrentDemand: currentDemand,
  MeteringReceipt: meteringReceipt,
  WeldingDetection: weldingDetection,
  SessionStop: sessionStop,
}
