import type { ac, acdp, commonMessages, dc, wpt, xmldsig } from '@voltway/wire/iso15118'

/** Messages of ISO 15118-20 without Req and Res, by the schema set they belong to, in the order of a session. */
export const MESSAGES_OF = {
  commonMessages: [
    'SessionSetup',
    'AuthorizationSetup',
    'CertificateInstallation',
    'Authorization',
    'ServiceDiscovery',
    'ServiceDetail',
    'ServiceSelection',
    'ScheduleExchange',
    'PowerDelivery',
    'MeteringConfirmation',
    'SessionStop',
  ],
  ac: ['AC_ChargeParameterDiscovery', 'AC_ChargeLoop'],
  dc: ['DC_ChargeParameterDiscovery', 'DC_CableCheck', 'DC_PreCharge', 'DC_ChargeLoop', 'DC_WeldingDetection'],
  wpt: [
    'WPT_FinePositioningSetup',
    'WPT_FinePositioning',
    'WPT_Pairing',
    'WPT_ChargeParameterDiscovery',
    'WPT_AlignmentCheck',
    'WPT_ChargeLoop',
  ],
  acdp: ['ACDP_VehiclePositioning', 'ACDP_Connect', 'ACDP_Disconnect', 'ACDP_SystemStatus'],
} as const
export type SetName = keyof typeof MESSAGES_OF
type NameIn<Set extends SetName> = (typeof MESSAGES_OF)[Set][number]
export type MessageName = NameIn<SetName>

export const MESSAGES: readonly MessageName[] = Object.values(MESSAGES_OF).flat()

type Bodies<Documents, Name extends string, Kind extends 'Req' | 'Res'> = {
  readonly [One in Name]: `${One}${Kind}` extends keyof Documents ? Omit<Documents[`${One}${Kind}`], 'Header'> : never
}
type AllBodies<Kind extends 'Req' | 'Res'> = Bodies<commonMessages.Documents, NameIn<'commonMessages'>, Kind> &
  Bodies<ac.Documents, NameIn<'ac'>, Kind> &
  Bodies<dc.Documents, NameIn<'dc'>, Kind> &
  Bodies<wpt.Documents, NameIn<'wpt'>, Kind> &
  Bodies<acdp.Documents, NameIn<'acdp'>, Kind>

/** What a request or a response says, without its header. */
export type Requests = AllBodies<'Req'>
export type Responses = AllBodies<'Res'>

export type RequestBody = { readonly [Name in MessageName]: { readonly message: Name; readonly value: Requests[Name] } }[MessageName]
export type ResponseBody = { readonly [Name in MessageName]: { readonly message: Name; readonly value: Responses[Name] } }[MessageName]
export type Body = ({ readonly kind: 'request' } & RequestBody) | ({ readonly kind: 'response' } & ResponseBody)

/** The main stream, and those beside it that go on while energy flows. */
export type Stream = 'main' | 'schedule' | 'metering' | 'systemStatus'

/** One message with its header. */
export interface Message {
  readonly stream: Stream
  readonly sessionId: Uint8Array
  /** Unix time in seconds. */
  readonly timeStamp: bigint
  readonly signature?: xmldsig.SignatureType
  /** Lengths that the schema does not allow, as the codec lets them pass. */
  readonly deviations?: readonly { readonly path: string; readonly message: string }[]
  readonly body: Body
}

export type ResponseCode = commonMessages.SessionSetupResType['ResponseCode']
export type FailedCode = Extract<ResponseCode, `FAILED${string}`>

/** Fatal for both ends, unlike WARNING codes. */
export const isFailed = (code: string): boolean => code.startsWith('FAILED')

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, index) => byte === b[index])

/** No session yet. */
export const NO_SESSION = new Uint8Array(8)
