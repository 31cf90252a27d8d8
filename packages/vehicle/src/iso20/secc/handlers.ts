import type { MessageName } from '../message.ts'
import type { Answer, Handler } from './answer.ts'
import { acChargeLoop } from './messages/ac-charge-loop.ts'
import { authorization } from './messages/authorization.ts'
import { authorizationSetup } from './messages/authorization-setup.ts'
import { certificateInstallation } from './messages/certificate-installation.ts'
import { acChargeParameterDiscovery, dcChargeParameterDiscovery } from './messages/charge-parameters.ts'
import { dcCableCheck, dcChargeLoop, dcPreCharge, dcWeldingDetection } from './messages/direct-current.ts'
import { meteringConfirmation } from './messages/metering-confirmation.ts'
import {
  acdpConnect,
  acdpDisconnect,
  acdpSystemStatus,
  acdpVehiclePositioning,
  wptAlignmentCheck,
  wptFinePositioning,
  wptFinePositioningSetup,
  wptPairing,
} from './messages/positioning.ts'
import { powerDelivery } from './messages/power-delivery.ts'
import { scheduleExchange } from './messages/schedule-exchange.ts'
import { serviceDetail, serviceDiscovery, serviceSelection } from './messages/services.ts'
import { sessionSetup } from './messages/session-setup.ts'
import { sessionStop } from './messages/session-stop.ts'
import { wptChargeLoop, wptChargeParameterDiscovery } from './messages/wireless.ts'
import type { Turn } from './state.ts'

const HANDLERS: { readonly [Name in MessageName]: Handler<Name> } = {
  SessionSetup: sessionSetup,
  AuthorizationSetup: authorizationSetup,
  CertificateInstallation: certificateInstallation,
  Authorization: authorization,
  ServiceDiscovery: serviceDiscovery,
  ServiceDetail: serviceDetail,
  ServiceSelection: serviceSelection,
  ScheduleExchange: scheduleExchange,
  PowerDelivery: powerDelivery,
  MeteringConfirmation: meteringConfirmation,
  SessionStop: sessionStop,
  AC_ChargeParameterDiscovery: acChargeParameterDiscovery,
  AC_ChargeLoop: acChargeLoop,
  DC_ChargeParameterDiscovery: dcChargeParameterDiscovery,
  DC_CableCheck: dcCableCheck,
  DC_PreCharge: dcPreCharge,
  DC_ChargeLoop: dcChargeLoop,
  DC_WeldingDetection: dcWeldingDetection,
  WPT_FinePositioningSetup: wptFinePositioningSetup,
  WPT_FinePositioning: wptFinePositioning,
  WPT_Pairing: wptPairing,
  WPT_ChargeParameterDiscovery: wptChargeParameterDiscovery,
  WPT_AlignmentCheck: wptAlignmentCheck,
  WPT_ChargeLoop: wptChargeLoop,
  ACDP_VehiclePositioning: acdpVehiclePositioning,
  ACDP_Connect: acdpConnect,
  ACDP_Disconnect: acdpDisconnect,
  ACDP_SystemStatus: acdpSystemStatus,
}

/** What is made of a request by its handler. Name and value belong together; the compiler cannot follow that through a table. */
export const answerTo = (turn: Turn): Answer<'SessionStop'> => {
  const { message, value } = turn.incoming.body
  const handler = HANDLERS[message] as Handler<'SessionStop'>
  return handler(turn, value as Parameters<Handler<'SessionStop'>>[1])
}
