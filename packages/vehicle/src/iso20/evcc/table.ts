import { refusing, type Table } from '../../machine/table.ts'
import { MESSAGES, type MessageName, type Stream } from '../message.ts'

/** What a car is doing: each state sends one kind of request and waits for its response. */
export const EVCC_STATES = [
  'sessionSetup',
  'authorizationSetup',
  'certificateInstallation',
  'authorization',
  'serviceDiscovery',
  'serviceDetail',
  'serviceSelection',
  'finePositioningSetup',
  'finePositioning',
  'pairing',
  'vehiclePositioning',
  'connect',
  'chargeParameters',
  'alignmentCheck',
  'scheduleExchange',
  'cableCheck',
  'preCharge',
  'powerOn',
  'charging',
  'toStandby',
  'standby',
  'renegotiation',
  'powerOff',
  'weldingDetection',
  'disconnect',
  'sessionStop',
  'ended',
] as const
export type EvccStateName = (typeof EVCC_STATES)[number]

/** Responses, and those that come beside the main stream. */
export type EvccEvent = MessageName | `${'ScheduleExchange' | 'MeteringConfirmation' | 'ACDP_SystemStatus'} aside`

export const EVCC_EVENTS: readonly EvccEvent[] = [
  ...MESSAGES,
  'ScheduleExchange aside',
  'MeteringConfirmation aside',
  'ACDP_SystemStatus aside',
]

export const evccEventOf = (message: MessageName, stream: Stream): EvccEvent => {
  if (stream === 'schedule') return 'ScheduleExchange aside'
  if (stream === 'metering') return 'MeteringConfirmation aside'
  return stream === 'systemStatus' ? 'ACDP_SystemStatus aside' : message
}

const NOTHING = refusing<EvccStateName, EvccEvent>(EVCC_EVENTS)
/** Before energy flows a car may leave with SessionStop alone. */
const LEAVE: readonly EvccStateName[] = ['sessionStop']
const aside = (state: EvccStateName) => ({
  'ScheduleExchange aside': [state],
  'MeteringConfirmation aside': [state],
  'ACDP_SystemStatus aside': [state],
})
const AFTER_LOOP: readonly EvccStateName[] = ['charging', 'toStandby', 'renegotiation', 'powerOff']
const AFTER_STANDBY: readonly EvccStateName[] = ['standby', 'preCharge', 'powerOn', 'powerOff']
const AFTER_PARAMETERS: readonly EvccStateName[] = ['scheduleExchange', ...LEAVE]

/** What a car does with every response in every state: the states it may lead to. */
export const EVCC_TABLE: Table<EvccStateName, EvccEvent> = {
  sessionSetup: { ...NOTHING, SessionSetup: ['authorizationSetup', 'chargeParameters', ...LEAVE] },
  authorizationSetup: { ...NOTHING, AuthorizationSetup: ['certificateInstallation', 'authorization', ...LEAVE] },
  certificateInstallation: { ...NOTHING, CertificateInstallation: ['certificateInstallation', 'authorization', ...LEAVE] },
  authorization: { ...NOTHING, Authorization: ['authorization', 'serviceDiscovery', ...LEAVE] },
  serviceDiscovery: { ...NOTHING, ServiceDiscovery: ['serviceDetail', ...LEAVE] },
  serviceDetail: { ...NOTHING, ServiceDetail: ['serviceDetail', 'serviceSelection', ...LEAVE] },
  serviceSelection: {
    ...NOTHING,
    ServiceSelection: ['chargeParameters', 'finePositioningSetup', 'vehiclePositioning', ...LEAVE],
  },
  finePositioningSetup: { ...NOTHING, WPT_FinePositioningSetup: ['finePositioning', ...LEAVE] },
  finePositioning: { ...NOTHING, WPT_FinePositioning: ['finePositioning', 'pairing', ...LEAVE] },
  pairing: { ...NOTHING, WPT_Pairing: ['pairing', 'chargeParameters', ...LEAVE] },
  vehiclePositioning: { ...NOTHING, ACDP_VehiclePositioning: ['vehiclePositioning', 'connect', ...LEAVE] },
  connect: { ...NOTHING, ACDP_Connect: ['connect', 'chargeParameters', ...LEAVE] },
  chargeParameters: {
    ...NOTHING,
    AC_ChargeParameterDiscovery: AFTER_PARAMETERS,
    DC_ChargeParameterDiscovery: AFTER_PARAMETERS,
    WPT_ChargeParameterDiscovery: ['alignmentCheck', ...LEAVE],
  },
  alignmentCheck: { ...NOTHING, WPT_AlignmentCheck: ['alignmentCheck', ...AFTER_PARAMETERS] },
  scheduleExchange: { ...NOTHING, ScheduleExchange: ['scheduleExchange', 'powerOn', 'cableCheck', 'powerOff', ...LEAVE] },
  cableCheck: { ...NOTHING, DC_CableCheck: ['cableCheck', 'preCharge', 'powerOff'] },
  preCharge: { ...NOTHING, DC_PreCharge: ['preCharge', 'powerOn', 'powerOff'] },
  powerOn: { ...NOTHING, PowerDelivery: ['powerOn', ...AFTER_LOOP] },
  charging: { ...NOTHING, ...aside('charging'), AC_ChargeLoop: AFTER_LOOP, DC_ChargeLoop: AFTER_LOOP, WPT_ChargeLoop: AFTER_LOOP },
  toStandby: { ...NOTHING, ...aside('toStandby'), PowerDelivery: ['charging', ...AFTER_STANDBY] },
  standby: { ...NOTHING, ...aside('standby'), AC_ChargeLoop: AFTER_STANDBY, DC_ChargeLoop: AFTER_STANDBY },
  renegotiation: { ...NOTHING, ...aside('renegotiation'), PowerDelivery: ['scheduleExchange', ...AFTER_LOOP] },
  powerOff: { ...NOTHING, ...aside('powerOff'), PowerDelivery: ['weldingDetection', ...LEAVE] },
  weldingDetection: { ...NOTHING, DC_WeldingDetection: ['weldingDetection', 'disconnect', ...LEAVE] },
  disconnect: { ...NOTHING, ACDP_Disconnect: ['disconnect', ...LEAVE] },
  sessionStop: { ...NOTHING, SessionStop: ['serviceDiscovery', 'ended'] },
  ended: NOTHING,
}
