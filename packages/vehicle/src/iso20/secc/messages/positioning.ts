import type { Positioning } from '../../../machine/charging.ts'
import type { StationTold } from '../../../machine/station-words.ts'
import type { FailedCode } from '../../message.ts'
import type { Handler } from '../answer.ts'
import type { SessionFacts, Turn } from '../state.ts'
import type { SeccStateName } from '../table.ts'

interface Progress {
  readonly done: boolean
  readonly failed: boolean
  readonly told: readonly StationTold[]
  readonly facts: Partial<SessionFacts>
}

/** Asks the station once for each step and looks for its answer. */
const progress = ({ session }: Turn, step: Positioning): Progress => {
  const { positionAsked } = session.facts
  const { positioned } = session.station
  const told: readonly StationTold[] = positionAsked === step ? [] : [{ told: 'positionWanted', step }]
  const answered = positionAsked === step && positioned?.step === step
  return { told, facts: { positionAsked: step }, done: answered && positioned.done, failed: answered && !positioned.done }
}

const processing = (done: boolean) => ({ ResponseCode: 'OK', EVSEProcessing: done ? 'Finished' : 'Ongoing' }) as const
const failed = (code: FailedCode, step: Positioning) => ({ kind: 'fail', code, detail: `${step} failed` }) as const

/** Both ends have to be ready before the next step. */
const nextOf = (turn: Turn, done: boolean, next: SeccStateName): SeccStateName => (done ? next : turn.session.name)

const common = <Method extends string, Mine extends Method>(theirs: readonly Method[], mine: readonly Mine[]): readonly Mine[] =>
  mine.filter((method) => theirs.includes(method))

/** What needs no coil of ours: a person drives and confirms, power is checked. */
export const wptFinePositioningSetup: Handler<'WPT_FinePositioningSetup'> = (_, request) => {
  const positioning = common(request.EVDeviceFinePositioningMethodList.WPT_FinePositioningMethod, ['Manual'])
  const pairing = common(request.EVDevicePairingMethodList.WPT_PairingMethod, ['External confirmation'])
  const alignment = common(request.EVDeviceAlignmentCheckMethodList.WPT_AlignmentCheckMethod, ['PowerCheck'])
  if (positioning.length === 0 || pairing.length === 0 || alignment.length === 0)
    return { kind: 'fail', code: 'FAILED_AssociationError', detail: 'no common way to position, to pair or to align' }
  return {
    kind: 'respond',
    response: {
      ResponseCode: 'OK',
      PrimaryDeviceFinePositioningMethodList: { WPT_FinePositioningMethod: positioning },
      PrimaryDevicePairingMethodList: { WPT_PairingMethod: pairing },
      PrimaryDeviceAlignmentCheckMethodList: { WPT_AlignmentCheckMethod: alignment },
      NaturalOffset: request.NaturalOffset,
    },
    next: 'finePositioning',
  }
}

export const wptFinePositioning: Handler<'WPT_FinePositioning'> = (turn, { EVProcessing, EVResultCode }) => {
  const { done, failed: wrong, told, facts } = progress(turn, 'finePositioning')
  if (wrong || EVResultCode === 'EVResultFailed') return failed('FAILED_AssociationError', 'finePositioning')
  const next = nextOf(turn, done && EVProcessing === 'Finished', 'pairing')
  return { kind: 'respond', response: processing(done), next, told, facts }
}

export const wptPairing: Handler<'WPT_Pairing'> = (turn, { EVProcessing, EVResultCode }) => {
  const { done, failed: wrong, told, facts } = progress(turn, 'pairing')
  if (wrong || EVResultCode === 'EVResultFailed') return failed('FAILED_AssociationError', 'pairing')
  const next = nextOf(turn, done && EVProcessing === 'Finished', 'chargeParameters')
  return { kind: 'respond', response: processing(done), next, told, facts }
}

export const wptAlignmentCheck: Handler<'WPT_AlignmentCheck'> = (turn, { EVProcessing, EVResultCode }) => {
  const { done, failed: wrong, told, facts } = progress(turn, 'alignmentCheck')
  if (wrong || EVResultCode === 'EVResultFailed') return failed('FAILED', 'alignmentCheck')
  const next = nextOf(turn, done && EVProcessing === 'Finished', 'scheduleExchange')
  return { kind: 'respond', response: processing(done), next, told, facts }
}

const NO_DEVIATION = { EVRelativeXDeviation: 0, EVRelativeYDeviation: 0, ContactWindowXc: 0, ContactWindowYc: 0 } as const

export const acdpVehiclePositioning: Handler<'ACDP_VehiclePositioning'> = (turn) => {
  const { done, failed: wrong, told, facts } = progress(turn, 'vehiclePositioning')
  if (wrong) return failed('FAILED_AssociationError', 'vehiclePositioning')
  const response = { ...processing(done), ...NO_DEVIATION, EVSEPositioningSupport: false, EVInChargePosition: done }
  return { kind: 'respond', response, next: nextOf(turn, done, 'connect'), told, facts }
}

const device = (place: 'Home' | 'Moving' | 'EndPosition') =>
  ({
    EVSEElectricalChargingDeviceStatus: place === 'EndPosition' ? 'State_B' : 'State_A',
    EVSEMechanicalChargingDeviceStatus: place,
  }) as const

export const acdpConnect: Handler<'ACDP_Connect'> = (turn) => {
  const { done, failed: wrong, told, facts } = progress(turn, 'connect')
  if (wrong) return failed('FAILED_AssociationError', 'connect')
  const response = { ...processing(done), ...device(done ? 'EndPosition' : 'Moving') }
  return { kind: 'respond', response, next: nextOf(turn, done, 'chargeParameters'), told, facts }
}

export const acdpDisconnect: Handler<'ACDP_Disconnect'> = (turn) => {
  if (turn.session.facts.energy?.automatic !== true) return { kind: 'fail', code: 'FAILED_SequenceError', detail: 'no pantograph' }
  const { done, failed: wrong, told, facts } = progress(turn, 'disconnect')
  if (wrong) return failed('FAILED', 'disconnect')
  const response = { ...processing(done), ...device(done ? 'Home' : 'Moving') }
  return { kind: 'respond', response, next: nextOf(turn, done, 'disconnected'), told, facts }
}

const ISOLATION = { valid: 'Safe', warning: 'Warning', fault: 'Fault' } as const

/** The state of the whole system, whenever the car asks; its own error ends the session. */
export const acdpSystemStatus: Handler<'ACDP_SystemStatus'> = ({ session }, { EVTechnicalStatus }) => {
  const { facts, station, name } = session
  if (facts.energy?.automatic !== true) return { kind: 'fail', code: 'FAILED_SequenceError', detail: 'no pantograph' }
  const { EVErrorCode = 'OK_NoEVError' } = EVTechnicalStatus
  if (EVErrorCode !== 'OK_NoEVError') return { kind: 'fail', code: 'FAILED', detail: EVErrorCode }
  const connected = facts.positionAsked === 'connect' && station.positioned?.step === 'connect' && station.positioned.done
  return {
    kind: 'respond',
    response: {
      ResponseCode: 'OK',
      EVSEMechanicalChargingDeviceStatus: connected ? 'EndPosition' : 'Moving',
      EVSEReadyToCharge: connected,
      EVSEIsolationStatus: station.isolation === undefined ? 'Invalid' : ISOLATION[station.isolation],
      EVSEDisabled: false,
      EVSEUtilityInterruptEvent: false,
      EVSEEmergencyShutdown: false,
      EVSEMalfunction: station.contactor === 'open' && facts.output,
      EVInChargePosition: name !== 'vehiclePositioning',
      EVAssociationStatus: connected,
    },
    next: name,
  }
}
