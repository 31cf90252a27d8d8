import type { iso2 } from '@voltway/wire/iso15118'

/** Messages of ISO 15118-2 without Req and Res, in the order of a session. DIN 70121 has the same under partly other names. */
export const MESSAGES = [
  'SessionSetup',
  'ServiceDiscovery',
  'ServiceDetail',
  'PaymentServiceSelection',
  'CertificateInstallation',
  'CertificateUpdate',
  'PaymentDetails',
  'Authorization',
  'ChargeParameterDiscovery',
  'CableCheck',
  'PreCharge',
  'PowerDelivery',
  'ChargingStatus',
  'CurrentDemand',
  'MeteringReceipt',
  'WeldingDetection',
  'SessionStop',
] as const
export type MessageName = (typeof MESSAGES)[number]

export type Requests = { readonly [Name in MessageName]: NonNullable<iso2.BodyType[`${Name}Req`]> }
export type Responses = { readonly [Name in MessageName]: NonNullable<iso2.BodyType[`${Name}Res`]> }

/** A request or response by its name. */
export type RequestBody = { readonly [Name in MessageName]: { readonly message: Name; readonly value: Requests[Name] } }[MessageName]
export type ResponseBody = { readonly [Name in MessageName]: { readonly message: Name; readonly value: Responses[Name] } }[MessageName]

export type Body = ({ readonly kind: 'request' } & RequestBody) | ({ readonly kind: 'response' } & ResponseBody)

/** One message with its header. */
export interface Message {
  readonly sessionId: Uint8Array
  readonly signature?: iso2.SignatureType
  /** Lengths that the schema does not allow, as the codec lets them pass. */
  readonly deviations?: readonly { readonly path: string; readonly message: string }[]
  readonly body: Body
}

export type ResponseCode = iso2.SessionSetupResType['ResponseCode']

export const isFailed = (code: string): boolean => code.startsWith('FAILED')

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, index) => byte === b[index])

/** No session yet: any number of zero bytes. */
export const isNoSession = (sessionId: Uint8Array): boolean => sessionId.every((byte) => byte === 0)

/** Where a protocol lets a car leave the number of its schedule out: the first that was offered. Numbers begin at 1. */
export const NO_SCHEDULE = 0
