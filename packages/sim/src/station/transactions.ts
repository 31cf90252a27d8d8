import { milliseconds } from '@voltway/units'
import { withoutProfiles, withProfile } from '../charging/charging-profile.ts'
import { isFlowing } from '../connector-machine.ts'
import { applyEvent } from './apply-event.ts'
import { newUuid, type SimEvse, type StationCore, type StationTransaction, type StopReason } from './core.ts'
import { roundRegisters, settleEnergy, shownRegisters, updateSupply } from './supply.ts'

/** The car is plugged in and its driver known: locks the plug, tells the server, and energises when both are ready. */
export function beginTransaction(core: StationCore, evse: SimEvse, trigger: StationTransaction['trigger']): boolean {
  const { token } = evse
  if (!token || !evse.vehicle || evse.state !== 'authorised') return false
  evse.cancel.token()
  evse.settledAt = core.clock.now()
  if (core.quirks.meterPerSession) Object.assign(evse.registers, { importWh: 0, exportWh: 0 })
  const transaction: StationTransaction = {
    ...token,
    id: newUuid(core.random),
    number: undefined,
    startedAt: core.clock.now(),
    meterStartWh: shownRegisters(evse).importWh,
    trigger,
    sequence: 0,
    stopReason: undefined,
  }
  evse.transaction = transaction
  const { reservation } = evse
  if (reservation && reservation.number === token.reservationNumber) {
    reservation.cancelExpiry()
    evse.reservation = undefined
  }
  if (evse.pendingProfile) core.profiles = withProfile(core.profiles, { ...evse.pendingProfile, transactionId: transaction.id })
  evse.pendingProfile = undefined
  applyEvent(core, evse, 'plug')
  const answered = core.dialect.started(evse, transaction)
  void Promise.all([answered, outputReady(core, evse)]).then(([authorisation, isReady]) => {
    if (evse.transaction !== transaction || evse.state !== 'starting') return
    const invalid = authorisation && authorisation.status !== 'Accepted' && core.settings.flag('stopOnInvalidId')
    if (invalid) stopTransaction(core, evse, 'deAuthorized')
    else if (!isReady) stopTransaction(core, evse, 'evDisconnected')
    else energise(core, evse, transaction)
  })
  return true
}

const startTime = (core: StationCore, evse: SimEvse) =>
  new Promise<true>((resolve) => {
    evse.cancel.start = core.clock.after(milliseconds(core.timing.startMs), () => resolve(true))
  })

/**
 * When the output may be switched on. A car that speaks says so; one that does not charges alternating current by the control pilot alone (IEC
 * 61851-1), also after an attempt to speak that came to nothing. Direct current needs a car that speaks.
 */
async function outputReady(core: StationCore, evse: SimEvse): Promise<boolean> {
  const { cable } = evse
  if (!cable) return startTime(core, evse)
  cable.authorised()
  if (await cable.ready) return true
  return evse.template.currentType === 'AC' ? startTime(core, evse) : false
}

function energise(core: StationCore, evse: SimEvse, transaction: StationTransaction): void {
  // The supply says at once whether the car takes anything, so that a full car never shows as charging.
  evse.settledAt = core.clock.now()
  evse.state = 'suspendedEV'
  updateSupply(core)
  if (evse.state === 'suspendedEV') {
    core.dialect.status(evse)
    core.dialect.stateChanged(evse, transaction)
  }
  armMeter(core, evse)
}

/** Reports the meter by the interval in force; called again when the interval changes. */
export function armMeter(core: StationCore, evse: SimEvse): void {
  evse.cancel.meter()
  const intervalMs = core.settings.number('meterIntervalSeconds') * 1000
  if (intervalMs <= 0 || !isFlowing(evse.state)) return
  evse.cancel.meter = core.clock.after(milliseconds(intervalMs), () => {
    updateSupply(core)
    if (!isFlowing(evse.state)) return
    core.dialect.meterValues(evse, 'periodic')
    armMeter(core, evse)
  })
}

const RAMP_STEPS = 4

/** Current ramps down, then voltage, and only then the plug is free. False when nothing runs, or it is stopping already. */
export function stopTransaction(core: StationCore, evse: SimEvse, reason: StopReason): boolean {
  const { transaction } = evse
  if (!transaction || !leaveFlow(core, evse, transaction, reason)) return false
  if (reason === 'emergency') switchOff(evse)
  else evse.cable?.stop()
  core.dialect.stopRequested(evse, transaction)
  const full = evse.powerW
  const step = (index: number): void => {
    settleEnergy(core, evse)
    evse.powerW = full * (1 - index / RAMP_STEPS)
    core.changed()
    if (index === RAMP_STEPS || full === 0 || core.timing.rampMs === 0) currentZero(core, evse, transaction)
    else evse.cancel.ramp = core.clock.after(milliseconds(core.timing.rampMs / RAMP_STEPS), () => step(index + 1))
  }
  step(0)
  return true
}

/** Nothing is left to ramp down, and no car is asked. */
function switchOff(evse: SimEvse): void {
  evse.powerW = 0
  evse.cable?.cutOff('emergency stop')
}

function leaveFlow(core: StationCore, evse: SimEvse, transaction: StationTransaction, reason: StopReason): boolean {
  settleEnergy(core, evse)
  if (!applyEvent(core, evse, 'stop')) return false
  transaction.stopReason = reason
  evse.cancel.meter()
  evse.cancel.start()
  return true
}

function currentZero(core: StationCore, evse: SimEvse, transaction: StationTransaction): void {
  settleEnergy(core, evse)
  evse.powerW = 0
  evse.offeredW = 0
  roundRegisters(evse)
  evse.lockedSince = core.clock.now()
  core.dialect.currentZero(evse, transaction)
  applyEvent(core, evse, 'currentZero')
  updateSupply(core) // what this car no longer takes is the other's
  const open = (): void => {
    core.dialect.unlocked(evse, transaction)
    forget(core, evse)
    applyEvent(core, evse, 'voltageGone')
    if (!evse.operative) applyEvent(core, evse, 'inoperative')
  }
  if (core.timing.voltageMs === 0) open()
  else evse.cancel.ramp = core.clock.after(milliseconds(core.timing.voltageMs), open)
}

/** A transaction that ends in an instant: the plug was torn out, the power failed, something broke. */
export function breakTransaction(core: StationCore, evse: SimEvse, reason: StopReason): void {
  const { transaction } = evse
  if (!transaction) return
  settleEnergy(core, evse)
  evse.cancel.ramp()
  evse.cancel.meter()
  evse.cancel.start()
  transaction.stopReason ??= reason
  evse.powerW = 0
  evse.offeredW = 0
  roundRegisters(evse)
  if (evse.state !== 'locked') core.dialect.currentZero(evse, transaction)
  core.dialect.unlocked(evse, transaction)
  forget(core, evse)
}

function forget(core: StationCore, evse: SimEvse): void {
  evse.transaction = undefined
  evse.token = undefined
  evse.lockedSince = undefined
  core.profiles = withoutProfiles(core.profiles, { evse: evse.template.number, purpose: 'tx' })
}
