import { refusing, type Table } from '../../machine/table.ts'
import { MESSAGES, type MessageName } from '../message.ts'

/** What a car is at: in all but two it has asked for something and waits for the response. */
export const EVCC_STATES = [
  'sessionSetup',
  'serviceDiscovery',
  'serviceDetail',
  'paymentServiceSelection',
  'certificateInstallation',
  'certificateUpdate',
  'paymentDetails',
  'authorization',
  'chargeParameters',
  'cableCheck',
  'preCharge',
  'choosing',
  'powerOn',
  'acCharging',
  'dcCharging',
  'receipt',
  'renegotiating',
  'powerOff',
  'weldingDetection',
  'sessionStop',
  'ended',
] as const
export type EvccStateName = (typeof EVCC_STATES)[number]

/** What is asked for in each state. In `choosing` it is the car that is waited for. */
export const REQUEST_OF: Readonly<Record<EvccStateName, MessageName | undefined>> = {
  sessionSetup: 'SessionSetup',
  serviceDiscovery: 'ServiceDiscovery',
  serviceDetail: 'ServiceDetail',
  paymentServiceSelection: 'PaymentServiceSelection',
  certificateInstallation: 'CertificateInstallation',
  certificateUpdate: 'CertificateUpdate',
  paymentDetails: 'PaymentDetails',
  authorization: 'Authorization',
  chargeParameters: 'ChargeParameterDiscovery',
  cableCheck: 'CableCheck',
  preCharge: 'PreCharge',
  choosing: undefined,
  powerOn: 'PowerDelivery',
  acCharging: 'ChargingStatus',
  dcCharging: 'CurrentDemand',
  receipt: 'MeteringReceipt',
  renegotiating: 'PowerDelivery',
  powerOff: 'PowerDelivery',
  weldingDetection: 'WeldingDetection',
  sessionStop: 'SessionStop',
  ended: undefined,
}

/** Responses, and what the car says in `choosing`. */
export const EVCC_EVENTS = [...MESSAGES, 'choose', 'leave'] as const
export type EvccEvent = MessageName | 'choose' | 'leave'

const NOTHING = refusing<EvccStateName, EvccEvent>(EVCC_EVENTS)
/** A car that does not want to go on says so with its next request. */
const LEAVE: readonly EvccStateName[] = ['sessionStop']
const POWERED: readonly EvccStateName[] = ['acCharging', 'dcCharging', 'receipt', 'renegotiating', 'powerOff']

/** What a car does with every response in every state. A response that is not the one waited for ends the session. */
export const EVCC_TABLE: Table<EvccStateName, EvccEvent> = {
  sessionSetup: { ...NOTHING, SessionSetup: ['serviceDiscovery', ...LEAVE] },
  serviceDiscovery: { ...NOTHING, ServiceDiscovery: ['serviceDetail', 'paymentServiceSelection', ...LEAVE] },
  serviceDetail: { ...NOTHING, ServiceDetail: ['serviceDetail', 'paymentServiceSelection', ...LEAVE] },
  paymentServiceSelection: {
    ...NOTHING,
    PaymentServiceSelection: ['certificateInstallation', 'certificateUpdate', 'paymentDetails', 'authorization', ...LEAVE],
  },
  certificateInstallation: { ...NOTHING, CertificateInstallation: ['paymentDetails', ...LEAVE] },
  certificateUpdate: { ...NOTHING, CertificateUpdate: ['paymentDetails', ...LEAVE] },
  paymentDetails: { ...NOTHING, PaymentDetails: ['authorization', ...LEAVE] },
  authorization: { ...NOTHING, Authorization: ['authorization', 'chargeParameters', ...LEAVE] },
  chargeParameters: {
    ...NOTHING,
    ChargeParameterDiscovery: ['chargeParameters', 'cableCheck', 'choosing', 'powerOn', 'powerOff', ...LEAVE],
  },
  cableCheck: { ...NOTHING, CableCheck: ['cableCheck', 'preCharge', 'powerOff', ...LEAVE] },
  preCharge: { ...NOTHING, PreCharge: ['preCharge', 'choosing', 'powerOn', 'powerOff', ...LEAVE] },
  choosing: { ...NOTHING, choose: ['powerOn'], leave: ['sessionStop', 'powerOff'] },
  powerOn: { ...NOTHING, PowerDelivery: ['acCharging', 'dcCharging', 'powerOff', 'renegotiating'] },
  acCharging: { ...NOTHING, ChargingStatus: POWERED },
  dcCharging: { ...NOTHING, CurrentDemand: POWERED },
  receipt: { ...NOTHING, MeteringReceipt: POWERED },
  renegotiating: { ...NOTHING, PowerDelivery: ['chargeParameters', 'powerOff', ...LEAVE] },
  powerOff: { ...NOTHING, PowerDelivery: ['weldingDetection', ...LEAVE] },
  weldingDetection: { ...NOTHING, WeldingDetection: ['weldingDetection', ...LEAVE] },
  sessionStop: { ...NOTHING, SessionStop: ['ended'] },
  ended: NOTHING,
}
