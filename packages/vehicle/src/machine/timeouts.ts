/** Timers by the names of the standards; `Voltway_…` are ours. */
export const TIMER_NAMES = [
  'V2G_SECC_CommunicationSetup_Performance_Time',
  'V2G_SECC_Sequence_Timeout',
  'V2G_SECC_Msg_Performance_Time',
  'V2G_SECC_Ongoing_Performance_Time',
  'V2G_SECC_CableCheck_Performance_Time',
  'V2G_SECC_PreCharge_Performance_Time',
  'V2G_EVCC_CommunicationSetup_Timeout',
  'V2G_EVCC_Msg_Timeout',
  'V2G_EVCC_Ongoing_Timeout',
  'V2G_EVCC_CableCheck_Timeout',
  'V2G_EVCC_PreCharge_Timeout',
  'V2G_EVCC_ReadyToCharge_Timeout',
  'V2G_EVCC_Sequence_Performance_Time',
  /** An EVCC waits so long before it asks the same again. */
  'Voltway_EVCC_Pace',
  /** From a request on a stream beside the main one to its response: ISO 15118-20. */
  'Voltway_EVCC_SideStream',
  /** From asking a car to stop to cutting it off: what it was given, and `STOP_GRACE`. */
  'Voltway_SECC_Stop',
] as const
export type TimerName = (typeof TIMER_NAMES)[number]

/** A limit of every message, with the messages that differ. Milliseconds. */
export interface PerMessage {
  readonly standard: number
  /** By the message's name without Req or Res. */
  readonly messages: Readonly<Record<string, number>>
}

/** The timeouts of one protocol in milliseconds. */
export interface Timeouts {
  /** From the data link to SessionSetupRes; in ISO 15118-20 from the TCP or TLS link. */
  readonly V2G_SECC_CommunicationSetup_Performance_Time: number
  /** From a response to the next request, by the message answered. */
  readonly V2G_SECC_Sequence_Timeout: PerMessage
  /** From a request to its response. */
  readonly V2G_SECC_Msg_Performance_Time: PerMessage
  /** A station says FAILED itself, a little before the car gives up on it: V2G2-712, V2G2-713. */
  readonly V2G_SECC_Ongoing_Performance_Time: number
  readonly V2G_SECC_CableCheck_Performance_Time: number
  readonly V2G_SECC_PreCharge_Performance_Time: number
  /** The same. */
  readonly V2G_EVCC_CommunicationSetup_Timeout: number
  /** From a request to its response. */
  readonly V2G_EVCC_Msg_Timeout: PerMessage
  /** For EVSEProcessing to come to Finished, by message; customers may take longer where the protocol says so. */
  readonly V2G_EVCC_Ongoing_Timeout: PerMessage
  /** `Infinity` where authorisation may wait for a customer without end. */
  readonly waitingForCustomer: number
  readonly V2G_EVCC_CableCheck_Timeout: number
  readonly V2G_EVCC_PreCharge_Timeout: number
  /** From the first request to PowerDelivery. */
  readonly V2G_EVCC_ReadyToCharge_Timeout: number
  /** From a response to the next request. */
  readonly V2G_EVCC_Sequence_Performance_Time: PerMessage
}

const every = (standard: number, messages: Readonly<Record<string, number>> = {}): PerMessage => ({ standard, messages })

/** Milliseconds beyond what a car was given to stop in: its last request may just be on its way. */
export const STOP_GRACE = 2_000
/** What NotificationMaxDelay can say. */
const MOST_SECONDS = 65_535

/** How long `Voltway_SECC_Stop` runs for a car that was given so many seconds. */
export const stopTimeout = (within: number): number =>
  1_000 * (Number.isFinite(within) ? Math.max(0, Math.min(MOST_SECONDS, within)) : 0) + STOP_GRACE

/** SupportedAppProtocol and what leads to it: the same for every protocol. */
export const SETUP = { V2G_SECC_CommunicationSetup_Performance_Time: 18_000, V2G_EVCC_CommunicationSetup_Timeout: 20_000 } as const

/** DIN SPEC 70121. */
const DIN70121: Timeouts = {
  ...SETUP,
  V2G_SECC_Sequence_Timeout: every(60_000),
  V2G_SECC_Msg_Performance_Time: every(1_500, { CurrentDemand: 25 }),
  V2G_SECC_Ongoing_Performance_Time: 55_000,
  V2G_SECC_CableCheck_Performance_Time: 38_000,
  V2G_SECC_PreCharge_Performance_Time: 5_000,
  V2G_EVCC_Msg_Timeout: every(2_000, { CurrentDemand: 250 }),
  V2G_EVCC_Ongoing_Timeout: every(60_000),
  waitingForCustomer: 60_000,
  V2G_EVCC_CableCheck_Timeout: 40_000,
  V2G_EVCC_PreCharge_Timeout: 7_000,
  V2G_EVCC_ReadyToCharge_Timeout: 150_000,
  V2G_EVCC_Sequence_Performance_Time: every(40_000),
}

/** ISO 15118-2. */
const ISO2: Timeouts = {
  ...SETUP,
  V2G_SECC_Sequence_Timeout: every(60_000),
  V2G_SECC_Msg_Performance_Time: every(1_500, {
    ServiceDetail: 4_500,
    CertificateInstallation: 4_500,
    CertificateUpdate: 4_500,
    PaymentDetails: 4_500,
    PowerDelivery: 4_500,
    CurrentDemand: 25,
  }),
  V2G_SECC_Ongoing_Performance_Time: 55_000,
  V2G_SECC_CableCheck_Performance_Time: 38_000,
  V2G_SECC_PreCharge_Performance_Time: 5_000,
  V2G_EVCC_Msg_Timeout: every(2_000, {
    ServiceDetail: 5_000,
    CertificateInstallation: 5_000,
    CertificateUpdate: 5_000,
    PaymentDetails: 5_000,
    PowerDelivery: 5_000,
    CurrentDemand: 250,
  }),
  V2G_EVCC_Ongoing_Timeout: every(60_000),
  waitingForCustomer: Number.POSITIVE_INFINITY,
  V2G_EVCC_CableCheck_Timeout: 40_000,
  V2G_EVCC_PreCharge_Timeout: 7_000,
  V2G_EVCC_ReadyToCharge_Timeout: Number.POSITIVE_INFINITY,
  V2G_EVCC_Sequence_Performance_Time: every(40_000),
}

const LOOPS_20 = ['AC_ChargeLoop', 'DC_ChargeLoop', 'WPT_ChargeLoop'] as const
const inLoops = (milliseconds: number) => Object.fromEntries(LOOPS_20.map((loop) => [loop, milliseconds]))

/** ISO 15118-20. A station's own time for pre-charge is as much shorter than the car's as in ISO 15118-2. */
const ISO20: Timeouts = {
  ...SETUP,
  V2G_SECC_Sequence_Timeout: every(60_000, inLoops(500)),
  V2G_SECC_Msg_Performance_Time: every(1_500, { CertificateInstallation: 4_500, ServiceDetail: 4_500, ...inLoops(250) }),
  V2G_SECC_Ongoing_Performance_Time: 55_000,
  V2G_SECC_CableCheck_Performance_Time: 38_000,
  V2G_SECC_PreCharge_Performance_Time: 8_000,
  V2G_EVCC_Msg_Timeout: every(2_000, { CertificateInstallation: 5_000, ServiceDetail: 5_000, ...inLoops(500) }),
  V2G_EVCC_Ongoing_Timeout: every(60_000),
  waitingForCustomer: Number.POSITIVE_INFINITY,
  V2G_EVCC_CableCheck_Timeout: 40_000,
  V2G_EVCC_PreCharge_Timeout: 10_000,
  V2G_EVCC_ReadyToCharge_Timeout: Number.POSITIVE_INFINITY,
  V2G_EVCC_Sequence_Performance_Time: every(40_000, inLoops(250)),
}

/** Every timeout of the standards, by protocol. */
export const TIMEOUTS = { din70121: DIN70121, 'iso15118-2': ISO2, 'iso15118-20': ISO20 } as const
export type ProtocolName = keyof typeof TIMEOUTS

/** The limit of one message. `message` without Req or Res. */
export const limitOf = ({ standard, messages }: PerMessage, message: string): number => messages[message] ?? standard

/** The same for a loop of ISO 15118-20, where somebody is more patient than the standard. */
export const loopLimitOf = (limits: PerMessage, message: string, patience = 1): number =>
  limitOf(limits, message) * ((LOOPS_20 as readonly string[]).includes(message) ? patience : 1)
