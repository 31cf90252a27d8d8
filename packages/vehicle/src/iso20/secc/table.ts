import { refusing, type Table } from '../../machine/table.ts'
import { MESSAGES, type MessageName, type RequestBody, type Stream } from '../message.ts'

/** What a station waits for. Named after what the car is expected to do next. */
export const SECC_STATES = [
  'sessionSetup',
  'resumed',
  'authorizationSetup',
  'authorization',
  'serviceDiscovery',
  'serviceSelection',
  'finePositioningSetup',
  'finePositioning',
  'pairing',
  'vehiclePositioning',
  'connect',
  'chargeParameters',
  'alignmentCheck',
  'scheduleExchange',
  'acReady',
  'acCharging',
  'acStandby',
  'acStopped',
  'cableCheck',
  'preCharge',
  'preCharging',
  'dcCharging',
  'dcStandby',
  'dcStopped',
  'disconnected',
  'wptReady',
  'wptCharging',
  'wptStopped',
  'ended',
] as const
export type SeccStateName = (typeof SECC_STATES)[number]

type Plain = Exclude<MessageName, 'PowerDelivery' | 'SessionStop'>
const isPlain = (message: MessageName): message is Plain => message !== 'PowerDelivery' && message !== 'SessionStop'

/** Requests as the table tells them apart: where a field decides what is allowed, it is part of the name. */
export type SeccEvent =
  | Plain
  | `PowerDelivery(${'Start' | 'Stop' | 'Standby' | 'ScheduleRenegotiation'})`
  | `SessionStop(${'Terminate' | 'Pause' | 'ServiceRenegotiation'})`
  /** Beside the main stream. */
  | `${'ScheduleExchange' | 'MeteringConfirmation' | 'ACDP_SystemStatus'} aside`

export const SECC_EVENTS: readonly SeccEvent[] = [
  ...MESSAGES.filter(isPlain),
  'PowerDelivery(Start)',
  'PowerDelivery(Stop)',
  'PowerDelivery(Standby)',
  'PowerDelivery(ScheduleRenegotiation)',
  'SessionStop(Terminate)',
  'SessionStop(Pause)',
  'SessionStop(ServiceRenegotiation)',
  'ScheduleExchange aside',
  'MeteringConfirmation aside',
  'ACDP_SystemStatus aside',
]

export const seccEventOf = (body: RequestBody, stream: Stream): SeccEvent => {
  if (stream === 'schedule') return 'ScheduleExchange aside'
  if (stream === 'metering') return 'MeteringConfirmation aside'
  if (stream === 'systemStatus') return 'ACDP_SystemStatus aside'
  if (body.message === 'PowerDelivery') return `PowerDelivery(${body.value.ChargeProgress})`
  if (body.message === 'SessionStop') return `SessionStop(${body.value.ChargingSession})`
  return body.message
}

const NOTHING = refusing<SeccStateName, SeccEvent>(SECC_EVENTS)
const ENDS: readonly SeccStateName[] = ['ended']
/** From SessionSetup to the start of delivery a car may give up in order. */
const LEAVES = { ...NOTHING, 'SessionStop(Terminate)': ENDS }
const STOPPED = { ...LEAVES, 'SessionStop(Pause)': ENDS, 'SessionStop(ServiceRenegotiation)': ['serviceDiscovery'] as const }

/** What goes on beside energy that flows. */
const aside = (state: SeccStateName) => ({
  MeteringConfirmation: [state],
  'MeteringConfirmation aside': [state],
  'ScheduleExchange aside': [state],
})

/** A pantograph's state, whenever the car asks. */
const status = (state: SeccStateName) => ({ 'ACDP_SystemStatus aside': [state] })

/** What a station does with every request in every state. */
export const SECC_TABLE: Table<SeccStateName, SeccEvent> = {
  sessionSetup: { ...NOTHING, SessionSetup: ['authorizationSetup', 'resumed'] },
  resumed: {
    ...LEAVES,
    AuthorizationSetup: ['authorization'],
    AC_ChargeParameterDiscovery: ['scheduleExchange'],
    DC_ChargeParameterDiscovery: ['scheduleExchange'],
    WPT_ChargeParameterDiscovery: ['alignmentCheck'],
  },
  authorizationSetup: { ...LEAVES, AuthorizationSetup: ['authorization'] },
  authorization: { ...LEAVES, CertificateInstallation: ['authorization'], Authorization: ['authorization', 'serviceDiscovery'] },
  serviceDiscovery: { ...LEAVES, ServiceDiscovery: ['serviceSelection'] },
  serviceSelection: {
    ...LEAVES,
    ServiceDiscovery: ['serviceSelection'],
    ServiceDetail: ['serviceSelection'],
    ServiceSelection: ['chargeParameters', 'finePositioningSetup', 'vehiclePositioning'],
  },
  finePositioningSetup: { ...LEAVES, WPT_FinePositioningSetup: ['finePositioning'] },
  finePositioning: { ...LEAVES, WPT_FinePositioning: ['finePositioning', 'pairing'] },
  pairing: { ...LEAVES, WPT_Pairing: ['pairing', 'chargeParameters'] },
  vehiclePositioning: {
    ...LEAVES,
    ...status('vehiclePositioning'),
    ACDP_VehiclePositioning: ['vehiclePositioning', 'connect'],
  },
  connect: { ...LEAVES, ...status('connect'), ACDP_Connect: ['connect', 'chargeParameters'] },
  chargeParameters: {
    ...LEAVES,
    ...status('chargeParameters'),
    AC_ChargeParameterDiscovery: ['scheduleExchange'],
    DC_ChargeParameterDiscovery: ['scheduleExchange'],
    WPT_ChargeParameterDiscovery: ['alignmentCheck'],
  },
  alignmentCheck: { ...LEAVES, WPT_AlignmentCheck: ['alignmentCheck', 'scheduleExchange'] },
  scheduleExchange: {
    ...STOPPED,
    ...status('scheduleExchange'),
    ScheduleExchange: ['scheduleExchange', 'acReady', 'cableCheck', 'preCharging', 'wptReady'],
    'PowerDelivery(Stop)': ['acStopped', 'dcStopped', 'wptStopped'],
  },
  acReady: {
    ...STOPPED,
    ScheduleExchange: ['scheduleExchange', 'acReady'],
    'PowerDelivery(Start)': ['acReady', 'acCharging'],
    'PowerDelivery(Stop)': ['acStopped'],
  },
  acCharging: {
    ...NOTHING,
    ...aside('acCharging'),
    AC_ChargeLoop: ['acCharging'],
    'PowerDelivery(Stop)': ['acStopped'],
    'PowerDelivery(Standby)': ['acStandby', 'acCharging'],
    'PowerDelivery(ScheduleRenegotiation)': ['scheduleExchange', 'acCharging'],
  },
  acStandby: {
    ...NOTHING,
    ...aside('acStandby'),
    AC_ChargeLoop: ['acStandby'],
    'PowerDelivery(Start)': ['acStandby', 'acCharging'],
    'PowerDelivery(Stop)': ['acStopped'],
  },
  acStopped: STOPPED,
  cableCheck: { ...STOPPED, ...status('cableCheck'), DC_CableCheck: ['cableCheck', 'preCharge'], 'PowerDelivery(Stop)': ['dcStopped'] },
  preCharge: { ...LEAVES, ...status('preCharge'), DC_PreCharge: ['preCharging'], 'PowerDelivery(Stop)': ['dcStopped'] },
  preCharging: {
    ...LEAVES,
    ...status('preCharging'),
    DC_PreCharge: ['preCharging'],
    'PowerDelivery(Start)': ['preCharging', 'dcCharging'],
    'PowerDelivery(Stop)': ['dcStopped'],
  },
  dcCharging: {
    ...NOTHING,
    ...aside('dcCharging'),
    ...status('dcCharging'),
    DC_ChargeLoop: ['dcCharging'],
    'PowerDelivery(Stop)': ['dcStopped'],
    'PowerDelivery(Standby)': ['dcStandby', 'dcCharging'],
    'PowerDelivery(ScheduleRenegotiation)': ['scheduleExchange', 'dcCharging'],
  },
  dcStandby: {
    ...NOTHING,
    ...aside('dcStandby'),
    ...status('dcStandby'),
    DC_ChargeLoop: ['dcStandby'],
    DC_PreCharge: ['preCharging'],
    'PowerDelivery(Stop)': ['dcStopped'],
  },
  dcStopped: {
    ...STOPPED,
    ...status('dcStopped'),
    DC_WeldingDetection: ['dcStopped'],
    ACDP_Disconnect: ['dcStopped', 'disconnected'],
  },
  disconnected: STOPPED,
  wptReady: {
    ...STOPPED,
    ScheduleExchange: ['scheduleExchange', 'wptReady'],
    'PowerDelivery(Start)': ['wptReady', 'wptCharging'],
    'PowerDelivery(Stop)': ['wptStopped'],
  },
  wptCharging: {
    ...NOTHING,
    ...aside('wptCharging'),
    WPT_ChargeLoop: ['wptCharging'],
    'PowerDelivery(Stop)': ['wptStopped'],
    'PowerDelivery(Standby)': ['wptCharging'],
    'PowerDelivery(ScheduleRenegotiation)': ['scheduleExchange', 'wptCharging'],
  },
  wptStopped: STOPPED,
  ended: NOTHING,
}
