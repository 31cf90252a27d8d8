import type { MessageName, ResponseBody } from '../message.ts'
import type { Answer, Handler } from './answer.ts'
import {
  acChargeLoop,
  cableCheck,
  dcChargeLoop,
  meteringConfirmation,
  powerDelivery,
  preCharge,
  sessionStop,
  weldingDetection,
} from './responses/delivery.ts'
import { acChargeParameters, dcChargeParameters, scheduleExchange } from './responses/parameters.ts'
import {
  acdpConnect,
  acdpDisconnect,
  acdpSystemStatus,
  alignmentCheck,
  finePositioning,
  finePositioningSetup,
  pairing,
  vehiclePositioning,
  wptChargeLoop,
  wptChargeParameters,
} from './responses/positioning.ts'
import { serviceDetail, serviceDiscovery, serviceSelection } from './responses/services.ts'
import { authorization, authorizationSetup, certificateInstallation, sessionSetup } from './responses/setup.ts'
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
  AC_ChargeParameterDiscovery: acChargeParameters,
  AC_ChargeLoop: acChargeLoop,
  DC_ChargeParameterDiscovery: dcChargeParameters,
  DC_CableCheck: cableCheck,
  DC_PreCharge: preCharge,
  DC_ChargeLoop: dcChargeLoop,
  DC_WeldingDetection: weldingDetection,
  WPT_FinePositioningSetup: finePositioningSetup,
  WPT_FinePositioning: finePositioning,
  WPT_Pairing: pairing,
  WPT_ChargeParameterDiscovery: wptChargeParameters,
  WPT_AlignmentCheck: alignmentCheck,
  WPT_ChargeLoop: wptChargeLoop,
  ACDP_VehiclePositioning: vehiclePositioning,
  ACDP_Connect: acdpConnect,
  ACDP_Disconnect: acdpDisconnect,
  ACDP_SystemStatus: acdpSystemStatus,
}

/** What a car makes of a response. Name and value belong together; the compiler cannot follow that through a table. */
export const answerTo = (turn: Turn, { message, value }: ResponseBody): Answer => {
  const handler = HANDLERS[message] as Handler<'SessionStop'>
  return handler(turn, value as Parameters<Handler<'SessionStop'>>[1])
}
