import { type EpochMs, isoOf } from '@voltway/units'
import { type Speech, speechesAt, speechOf } from '../cable/speech.ts'
import { isLocked } from '../connector-machine.ts'
import type { LinkState } from '../link/connection.ts'
import type { SimEvse, StationCore } from './core.ts'
import { shownRegisters } from './supply.ts'

/** What the control API shows of a connector; times are ISO, UTC. */
export interface SimConnector {
  readonly evse: number
  readonly connector: number
  readonly standard: string
  readonly side?: string
  readonly maxPowerW: number
  readonly status: string
  readonly state: string
  readonly locked: boolean
  readonly voltageV: number
  readonly cable: 'unplugged' | 'plugged'
  readonly car?: { readonly label: string; readonly batteryWh?: number; readonly socPercent?: number; readonly maxPowerW: number }
  /** How cars can speak here. */
  readonly speaks: readonly Speech[]
  /** What car and station say to each other, where both speak ISO 15118. */
  readonly dialogue?: {
    readonly state: string
    /** How the car would speak; `protocol` is what they agreed on. */
    readonly speaks: Speech
    readonly protocol?: string
    readonly security?: string
    readonly demandW?: number
    /** When the car said it is to leave. */
    readonly leavesAt?: string
    /** Where it waits by its own choice. */
    readonly chargesFrom?: string
    readonly ended?: string
    readonly messages: readonly {
      readonly at: string
      readonly from: string
      readonly message: string
      readonly responseCode?: string
      readonly deviation?: string
      readonly times: number
    }[]
  }
  readonly transaction?: {
    readonly id: string
    readonly startedAt: string
    readonly importWh: number
    readonly exportWh: number
    readonly powerW: number
    readonly offeredW: number
  }
  readonly reservation?: { readonly number: number; readonly until: string }
}
export interface SimStation {
  readonly id: string
  readonly identity: string
  readonly ocppVersion: string
  readonly vendor: string
  readonly model: string
  readonly link: LinkState
  readonly clockRate: number
  readonly connectors: readonly SimConnector[]
  readonly log: readonly {
    readonly at: string
    readonly direction: 'in' | 'out'
    readonly action: string
    readonly text: string
    readonly ok: boolean
  }[]
}

/** A station as the simulator's page sees it. */
export const snapshot = (core: StationCore): SimStation => ({
  id: core.identity,
  identity: core.identity,
  ocppVersion: core.version,
  vendor: core.template.vendor,
  model: core.template.model,
  link: core.link.state(),
  clockRate: core.clock.rate(),
  connectors: core.evses.map((evse) => connectorView(core, evse)),
  log: core.log.map((entry) => ({ ...entry, at: isoOf(entry.at) })),
})

function connectorView(core: StationCore, evse: SimEvse): SimConnector {
  const { template, vehicle, transaction, reservation } = evse
  const { importWh, exportWh } = shownRegisters(evse)
  const soc = vehicle?.socPercent()
  return {
    evse: template.number,
    connector: 1,
    standard: template.standard,
    ...(template.side && { side: template.side }),
    maxPowerW: template.maxPowerW,
    status: evse.reportedStatus?.split(' ')[0] ?? 'Unknown',
    state: evse.state,
    locked: isLocked(evse.state),
    voltageV: Math.round(presentVoltage(evse, core.clock.now(), core.timing.voltageMs)),
    cable: vehicle ? 'plugged' : 'unplugged',
    ...(vehicle && {
      car: {
        label: vehicle.label,
        maxPowerW: vehicle.maxPowerW,
        ...(vehicle.batteryWh !== undefined && { batteryWh: vehicle.batteryWh }),
        ...(soc !== undefined && { socPercent: Math.round(soc * 10) / 10 }),
      },
    }),
    speaks: speechesAt(core, evse),
    ...dialogueView(evse, core.clock.now()),
    ...(transaction && {
      transaction: {
        id: transaction.number === undefined ? transaction.id : String(transaction.number),
        startedAt: isoOf(transaction.startedAt),
        importWh: importWh - transaction.meterStartWh,
        exportWh,
        // Nothing has no sign.
        powerW: Math.round(evse.powerW) || 0,
        offeredW: evse.offeredW,
      },
    }),
    ...(reservation && { reservation: { number: reservation.number, until: isoOf(reservation.expiresAt) } }),
  }
}

function dialogueView({ cable, vehicle }: SimEvse, now: EpochMs): Pick<SimConnector, 'dialogue'> {
  if (!cable || !vehicle?.identity) return {}
  const [agreed, demandW, ended, chargesFrom] = [cable.protocol(), cable.demandW(), cable.ended(), cable.chargesFrom(now)]
  return {
    dialogue: {
      state: cable.state(),
      speaks: speechOf(vehicle.identity),
      ...(agreed && { protocol: agreed.name, security: agreed.security }),
      ...(demandW !== undefined && { demandW: Math.round(demandW) }),
      ...(cable.leavesAt !== undefined && { leavesAt: isoOf(cable.leavesAt) }),
      ...(chargesFrom !== undefined && { chargesFrom: isoOf(chargesFrom) }),
      ...(ended !== undefined && { ended }),
      messages: cable.messages().map((one) => ({ ...one, at: isoOf(one.at) })),
    },
  }
}

/** Between the contactors and the plug, in V: falls to nothing after the current did. */
function presentVoltage({ state, template, lockedSince }: SimEvse, now: EpochMs, voltageMs: number): number {
  if (state === 'locked') return template.voltageV * Math.max(0, 1 - (now - (lockedSince ?? now)) / Math.max(1, voltageMs))
  return isLocked(state) && state !== 'starting' ? template.voltageV : 0
}
