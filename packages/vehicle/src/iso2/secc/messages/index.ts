import type { MessageName } from '../../message.ts'
import type { Handler } from '../answer.ts'
import { authorization } from './authorization.ts'
import { cableCheck } from './cable-check.ts'
import { certificateInstallation, certificateUpdate } from './certificates.ts'
import { chargeParameterDiscovery } from './charge-parameter-discovery.ts'
import { chargingStatus } from './charging-status.ts'
import { currentDemand } from './current-demand.ts'
import { meteringReceipt } from './metering-receipt.ts'
import { paymentDetails } from './payment-details.ts'
import { paymentServiceSelection } from './payment-service-selection.ts'
import { powerDelivery } from './power-delivery.ts'
import { preCharge } from './pre-charge.ts'
import { serviceDetail } from './service-detail.ts'
import { serviceDiscovery } from './service-discovery.ts'
import { sessionSetup } from './session-setup.ts'
import { sessionStop } from './session-stop.ts'
import { weldingDetection } from './welding-detection.ts'

/** What a station makes of each request, once the table allowed it. */
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
