import { refusing, type Table } from '../../machine/table.ts'
import { MESSAGES, type MessageName, type RequestBody } from '../message.ts'

/** What a station waits for. Named after what the car is expected to do next. */
export const SECC_STATES = [
  'sessionSetup',
  'serviceDiscovery',
  'serviceSelection',
  'identification',
  'paymentDetails',
  'authorization',
  'chargeParameters',
  'acReady',
  'acCharging',
  'acStopped',
  'cableCheck',
  'preCharge',
  'preCharging',
  'dcCharging',
  'dcStopped',
  'ended',
] as const
export type SeccStateName = (typeof SECC_STATES)[number]

/** Requests as the table tells them apart: where a field decides what is allowed, it is part of the name. */
export const SECC_EVENTS = [
  ...MESSAGES.filter((message) => message !== 'PowerDelivery' && message !== 'SessionStop'),
  'PowerDelivery(Start)',
  'PowerDelivery(Stop)',
  'PowerDelivery(Renegotiate)',
  'SessionStop(Terminate)',
  'SessionStop(Pause)',
] as const
export type SeccEvent =
  | Exclude<MessageName, 'PowerDelivery' | 'SessionStop'>
  | `PowerDelivery(${'Start' | 'Stop' | 'Renegotiate'})`
  | `SessionStop(${'Terminate' | 'Pause'})`

export const seccEventOf = (body: RequestBody): SeccEvent => {
  if (body.message === 'PowerDelivery') return `PowerDelivery(${body.value.ChargeProgress})`
  if (body.message === 'SessionStop') return `SessionStop(${body.value.ChargingSession})`
  return body.message
}

const NOTHING = refusing<SeccStateName, SeccEvent>(SECC_EVENTS)
const ENDS: readonly SeccStateName[] = ['ended']
/** From SessionSetup to the end a car may give up in order. */
const LEAVES = { ...NOTHING, 'SessionStop(Terminate)': ENDS }

/** What a station does with every request in every state. */
export const SECC_TABLE: Table<SeccStateName, SeccEvent> = {
  sessionSetup: { ...NOTHING, SessionSetup: ['serviceDiscovery'] },
  serviceDiscovery: { ...LEAVES, ServiceDiscovery: ['serviceSelection'] },
  serviceSelection: {
    ...LEAVES,
    ServiceDiscovery: ['serviceSelection'],
    ServiceDetail: ['serviceSelection'],
    PaymentServiceSelection: ['authorization', 'identification'],
  },
  identification: {
    ...LEAVES,
    CertificateInstallation: ['paymentDetails'],
    CertificateUpdate: ['paymentDetails'],
    PaymentDetails: ['authorization'],
  },
  paymentDetails: { ...LEAVES, PaymentDetails: ['authorization'] },
  authorization: { ...LEAVES, Authorization: ['authorization', 'chargeParameters'] },
  chargeParameters: {
    ...LEAVES,
    ChargeParameterDiscovery: ['chargeParameters', 'acReady', 'cableCheck'],
    'PowerDelivery(Stop)': ['acStopped', 'dcStopped'],
  },
  acReady: {
    ...LEAVES,
    ChargeParameterDiscovery: ['chargeParameters', 'acReady'],
    'PowerDelivery(Start)': ['acCharging'],
    'PowerDelivery(Stop)': ['acStopped'],
    'SessionStop(Pause)': ENDS,
  },
  acCharging: {
    ...NOTHING,
    ChargingStatus: ['acCharging'],
    MeteringReceipt: ['acCharging'],
    'PowerDelivery(Stop)': ['acStopped'],
    'PowerDelivery(Renegotiate)': ['chargeParameters'],
  },
  acStopped: { ...LEAVES, 'SessionStop(Pause)': ENDS },
  cableCheck: { ...LEAVES, CableCheck: ['cableCheck', 'preCharge'], 'PowerDelivery(Stop)': ['dcStopped'] },
  preCharge: { ...LEAVES, PreCharge: ['preCharging'], 'PowerDelivery(Stop)': ['dcStopped'] },
  preCharging: { ...LEAVES, PreCharge: ['preCharging'], 'PowerDelivery(Start)': ['dcCharging'], 'PowerDelivery(Stop)': ['dcStopped'] },
  dcCharging: {
    ...NOTHING,
    CurrentDemand: ['dcCharging'],
    MeteringReceipt: ['dcCharging'],
    'PowerDelivery(Stop)': ['dcStopped'],
    'PowerDelivery(Renegotiate)': ['chargeParameters'],
  },
  dcStopped: { ...LEAVES, WeldingDetection: ['dcStopped'], 'SessionStop(Pause)': ENDS },
  ended: NOTHING,
}
