import { type EpochMs, epochMs, milliseconds } from '@voltway/units'
import { withinChoice } from '../cable/profile-power.ts'
import { allowedAt, type LimitContext } from '../charging/allowed-at.ts'
import { nextBoundary } from '../charging/composite-schedule.ts'
import { shareSupply } from '../charging/share-supply.ts'
import { type ConnectorEvent, isFlowing } from '../connector-machine.ts'
import { applyEvent } from './apply-event.ts'
import { closedPowerW, usedPhases } from './closed-phases.ts'
import type { SimEvse, StationCore } from './core.ts'

/** Below 6 A a car may not charge (IEC 61851-1); below this a DC station opens its contactors. */
const LEAST_CURRENT_A = 6
const LEAST_DC_W = 500

/** Counts what flowed since the last look. */
export function settleEnergy(core: StationCore, evse: SimEvse): void {
  const now = core.clock.now()
  const span = { from: evse.settledAt, to: now }
  evse.settledAt = now
  if (!evse.vehicle || span.to <= span.from) return
  if (!isFlowing(evse.state) && evse.state !== 'rampingDown') return
  const { importWh, exportWh } = evse.vehicle.draw(span, evse.powerW, evse.template.currentType)
  evse.registers.importWh += importWh
  evse.registers.exportWh += exportWh
}

/**
 * Sets every EVSE's power anew: what the profiles allow, what the car wants, what the shared supply has. Called whenever one
 * of them may have changed; wakes itself when the next change is due.
 */
export function updateSupply(core: StationCore): void {
  if (core.isClosed) return
  core.cancelWake()
  const now = core.clock.now()
  for (const evse of core.evses) settleEnergy(core, evse)
  const flowing = core.evses.filter((evse) => isFlowing(evse.state) && evse.vehicle)
  for (const evse of flowing) switchPhases(core, evse, now)
  const offers = flowing.map((evse) => allowedPower(core, evse, now))
  const wanted = flowing.map((evse, index) => wantedPower(evse, now, offers[index]!))
  const shares = shareSupply(stationLimit(core, now), wanted.map(Math.abs))
  flowing.forEach((evse, index) => {
    const share = shares[index]!
    const starved = wanted[index] !== 0 && share < leastPower(evse) && share < Math.abs(wanted[index]!)
    evse.offeredW = Math.round(share < Math.abs(wanted[index]!) ? share : offers[index]!)
    evse.powerW = starved ? 0 : Math.sign(wanted[index]!) * share
    const event: ConnectorEvent = starved || offers[index] === 0 ? 'stationPauses' : wanted[index] === 0 ? 'vehiclePauses' : 'energise'
    // Said to pause, it would be planned as one that wants nothing, by another plan that it would have to negotiate.
    if (!evse.cable?.renegotiates()) follow(core, evse, event)
    evse.cable?.supply({ powerW: evse.powerW, offeredW: evse.offeredW, ...evse.registers })
  })
  wakeLater(core, now)
  core.changed()
}

/** What a car takes of an offer: what it asks for over its cable, where it asks; else what its battery takes, within what it said it would. */
function wantedPower({ vehicle, template, cable, phases }: SimEvse, now: EpochMs, offerW: number): number {
  const asked = cable?.state() === 'charging' ? cable.demandW() : undefined
  if (asked !== undefined) return Math.min(asked, offerW)
  // Its contactor is open: it negotiates anew.
  if (cable?.state() === 'talking') return 0
  if (cable?.state() === 'charging' && template.currentType === 'DC') return 0
  const wanted = vehicle!.wantedW(now, { ...template, phases, powerW: offerW })
  return cable?.state() === 'charging' ? withinChoice(wanted, cable.chosenW(now) ?? wanted) : wanted
}

const STATE_OF = { stationPauses: 'suspendedEVSE', vehiclePauses: 'suspendedEV', energise: 'charging' } as const

function follow(core: StationCore, evse: SimEvse, event: keyof typeof STATE_OF): void {
  if (evse.state === STATE_OF[event]) return
  if (applyEvent(core, evse, event) && evse.transaction) core.dialect.stateChanged(evse, evse.transaction)
  if (event === 'vehiclePauses' && evse.template.currentType === 'DC' && evse.vehicle?.isFull()) core.batteryFull(evse)
}

function wakeLater(core: StationCore, now: EpochMs): void {
  const looks = core.evses
    .filter(({ state }) => isFlowing(state))
    .flatMap((evse) => [evse.vehicle?.nextLook(now), evse.switchingUntil, nextBoundary(core.profiles, limitContext(evse), now)])
    .filter((at) => at !== undefined)
  core.cancelWake = looks.length === 0 ? () => {} : core.clock.after(milliseconds(Math.min(...looks) - now), () => updateSupply(core))
}

/** Opens or closes two of three contactors where the profiles want another number of phases; the car pauses for that. */
function switchPhases({ profiles }: StationCore, evse: SimEvse, now: EpochMs): void {
  const { switchPauseMs, phases } = evse.template
  if (evse.switchingUntil !== undefined && evse.switchingUntil <= now) evse.switchingUntil = undefined
  if (switchPauseMs === undefined) return
  const wanted = phases === 1 || allowedAt(profiles, now, limitContext(evse)).phases < 3 ? 1 : 3
  if (wanted === evse.phases) return
  evse.phases = wanted
  evse.switchingUntil = epochMs(now + switchPauseMs)
}

/** What the profiles and the hardware leave for one EVSE, in W; 0 when it is too little to charge, or while it is switched. */
function allowedPower(core: StationCore, evse: SimEvse, now: EpochMs): number {
  if (evse.switchingUntil !== undefined) return 0
  // By the phases that are closed: two of three cannot be.
  const { limitW } = allowedAt(core.profiles, now, { ...limitContext(evse), phases: usedPhases(evse) })
  const allowed = Math.min(closedPowerW(evse), limitW)
  return allowed < leastPower(evse) ? 0 : allowed
}

const leastPower = ({ template }: SimEvse) => (template.currentType === 'DC' ? LEAST_DC_W : LEAST_CURRENT_A * template.voltageV)

const stationLimit = (core: StationCore, now: EpochMs) =>
  Math.min(core.template.sharedLimitW ?? Number.POSITIVE_INFINITY, allowedAt(core.profiles, now, stationContext(core)).limitW)

/** Whether all of its EVSEs can switch a car between one phase and three. */
export const switchesPhases = ({ evses }: StationCore): boolean => evses.every(({ template }) => template.switchPauseMs !== undefined)

export const limitContext = ({ template, transaction, vehicle }: SimEvse): LimitContext => ({
  evse: template.number,
  transaction,
  // Amperes are per phase: a car on one phase makes a third of them.
  phases: template.currentType === 'DC' ? 1 : (vehicle?.acPhases ?? template.phases),
  voltageV: template.voltageV,
})
export const stationContext = (core: StationCore): LimitContext => ({
  evse: 0,
  transaction: undefined,
  phases: core.evses[0]?.template.phases ?? 3,
  voltageV: core.evses[0]?.template.voltageV ?? 230,
})
/** The most that an EVSE, or the station (evse 0), can give by its hardware. */
export const hardwareLimit = ({ template, evses }: StationCore, evse: number) =>
  evse === 0
    ? (template.sharedLimitW ?? evses.reduce((sum, one) => sum + one.template.maxPowerW, 0))
    : (evses.find((one) => one.template.number === evse)?.template.maxPowerW ?? 0)

/** Whole Wh, as the meter shows them. */
export const shownRegisters = ({ registers }: SimEvse) => ({
  importWh: Math.round(registers.importWh),
  exportWh: Math.round(registers.exportWh),
})
export const roundRegisters = ({ registers }: SimEvse): void => {
  registers.importWh = Math.round(registers.importWh)
  registers.exportWh = Math.round(registers.exportWh)
}
