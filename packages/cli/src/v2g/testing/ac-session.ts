import { untypedCodecOf } from '@voltway/wire/iso15118'
import { frameOf, type Sent } from './make-capture.ts'

const hexOf = (schema: 'app_protocol' | 'iso15118-2', root: string, value: unknown): string => {
  const bytes = untypedCodecOf(schema).document.encode({ root, value })
  if (!bytes.ok) throw new Error(JSON.stringify(bytes.failure))
  return bytes.value.toHex()
}
const NO_SESSION = new Uint8Array(8)
const SESSION = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const message = (name: string, body: unknown, SessionID = SESSION) =>
  hexOf('iso15118-2', 'V2G_Message', { Header: { SessionID }, Body: { [name]: body } })

const OK = { ResponseCode: 'OK' }
const quantity = (Unit: string, Value: number) => ({ Multiplier: 0, Unit, Value })
const AC_EVSEStatus = { NotificationMaxDelay: 0, EVSENotification: 'None', RCD: false }
const OFFER = { ProtocolNamespace: 'urn:iso:15118:2:2013:MsgDef', VersionNumberMajor: 2, VersionNumberMinor: 0, SchemaID: 1, Priority: 1 }
const SCHEDULE = {
  SAScheduleTupleID: 1,
  PMaxSchedule: { PMaxScheduleEntry: [{ RelativeTimeInterval: { start: 0, duration: 86_400 }, PMax: quantity('W', 11_000) }] },
}
const SERVICE = {
  ServiceID: 1,
  ServiceCategory: 'EVCharging',
  FreeService: true,
  SupportedEnergyTransferMode: { EnergyTransferMode: ['AC_three_phase_core'] },
}
const authorisation = (EVSEProcessing: string) =>
  [message('AuthorizationReq', {}), message('AuthorizationRes', { ...OK, EVSEProcessing })] as const
const STATUS = [
  message('ChargingStatusReq', {}),
  message('ChargingStatusRes', { ...OK, EVSEID: 'DE*ABC*E1', SAScheduleTupleID: 1, AC_EVSEStatus }),
] as const
const delivery = (ChargeProgress: string) =>
  [message('PowerDeliveryReq', { ChargeProgress, SAScheduleTupleID: 1 }), message('PowerDeliveryRes', { ...OK, AC_EVSEStatus })] as const

const MESSAGES: readonly string[] = [
  hexOf('app_protocol', 'supportedAppProtocolReq', { AppProtocol: [OFFER] }),
  hexOf('app_protocol', 'supportedAppProtocolRes', { ResponseCode: 'OK_SuccessfulNegotiation', SchemaID: 1 }),
  message('SessionSetupReq', { EVCCID: Uint8Array.of(1, 2, 3, 4, 5, 6) }, NO_SESSION),
  message('SessionSetupRes', { ResponseCode: 'OK_NewSessionEstablished', EVSEID: 'DE*ABC*E1' }),
  message('ServiceDiscoveryReq', {}),
  message('ServiceDiscoveryRes', { ...OK, PaymentOptionList: { PaymentOption: ['ExternalPayment'] }, ChargeService: SERVICE }),
  message('PaymentServiceSelectionReq', {
    SelectedPaymentOption: 'ExternalPayment',
    SelectedServiceList: { SelectedService: [{ ServiceID: 1 }] },
  }),
  message('PaymentServiceSelectionRes', OK),
  ...authorisation('Ongoing'),
  ...authorisation('Finished'),
  message('ChargeParameterDiscoveryReq', {
    RequestedEnergyTransferMode: 'AC_three_phase_core',
    AC_EVChargeParameter: {
      EAmount: quantity('Wh', 20_000),
      EVMaxVoltage: quantity('V', 400),
      EVMaxCurrent: quantity('A', 16),
      EVMinCurrent: quantity('A', 6),
    },
  }),
  message('ChargeParameterDiscoveryRes', {
    ...OK,
    EVSEProcessing: 'Finished',
    SAScheduleList: { SAScheduleTuple: [SCHEDULE] },
    AC_EVSEChargeParameter: { AC_EVSEStatus, EVSENominalVoltage: quantity('V', 230), EVSEMaxCurrent: quantity('A', 32) },
  }),
  ...delivery('Start'),
  ...STATUS,
  ...STATUS,
  ...STATUS,
  ...delivery('Stop'),
  message('SessionStopReq', { ChargingSession: 'Terminate' }),
  message('SessionStopRes', OK),
]

/** A session of ISO 15118-2 with alternating current in which nothing is wrong: a message every tenth of a second, the car first. */
export const AC_SESSION: readonly Sent[] = MESSAGES.map((hex, at) => ({
  side: at % 2 === 0 ? 'EV' : 'station',
  seconds: 1_700_000_000 + at / 10,
  bytes: frameOf(hex),
}))
