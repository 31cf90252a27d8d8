import { type Clock, milliseconds } from '@voltway/units'
import type { OcppVersion } from '@voltway/wire/ocpp'
import type { HighLevel } from '../cable/cable.ts'
import { evseIdsOf } from '../cable/evse-ids.ts'
import { requireTariff } from '../cable/require-tariff.ts'
import { endingClock } from '../ending-clock.ts'
import type { LinkState } from '../link/connection.ts'
import { type LoggedMessage, openOcppLink } from '../link/ocpp-link.ts'
import { type Connect, connectWebSocket } from '../link/socket.ts'
import type { Quirks } from '../quirks.ts'
import type { SimClock } from '../sim-clock.ts'
import { loadTemplate, type StationTemplate, type StationTiming, type TemplateName } from '../template.ts'
import { speak2 } from '../v2/dialect.ts'
import { speak16 } from '../v16/dialect.ts'
import type { Vehicle } from '../vehicle.ts'
import { armHeartbeat, introduce } from './boot.ts'
import { type ActionResult, type Dialect, done, refused, type SimEvse, type StationCore } from './core.ts'
import { createEvse } from './create-evse.ts'
import { clearFault, fault, plug, presentToken, press, unplug } from './driver-actions.ts'
import { findEvse } from './operator-actions.ts'
import { createSettings, type SettingName } from './settings.ts'
import { type SimStation, snapshot } from './snapshot.ts'
import { settleEnergy, shownRegisters, updateSupply } from './supply.ts'
import { armMeter, stopTransaction } from './transactions.ts'

export interface StationOptions {
  /** The server's OCPP URL without the identity. */
  readonly url: string
  readonly identity: string
  /** Left out for a server that asks for none. */
  readonly password?: string
  readonly version: OcppVersion
  readonly template: TemplateName | StationTemplate
  readonly clock: SimClock
  /** Real time, for everything that the network does. */
  readonly network: Clock
  readonly random: () => number
  readonly connect?: Connect
  readonly quirks?: Quirks
  readonly settings?: Partial<Record<SettingName, string>>
  readonly timing?: Partial<StationTiming>
  readonly autoStart?: boolean
  /** Speaks ISO 15118 with cars that do. */
  readonly highLevel?: HighLevel | undefined
  /** Real time to wait before the first connection. */
  readonly connectAfterMs?: number
  readonly backoff?: { readonly firstMs: number; readonly longestMs: number }
  readonly callTimeoutMs?: number
  readonly onEvent?: (event: StationEvent) => void
}
export type StationEvent =
  | { readonly type: 'changed'; readonly identity: string }
  | { readonly type: 'message'; readonly identity: string; readonly message: LoggedMessage }
  | { readonly type: 'link'; readonly identity: string; readonly state: LinkState; readonly detail: string }

/** A simulated charging station; every method is what a person or the weather may do to it. */
export interface Station {
  readonly identity: string
  readonly evseNumbers: readonly number[]
  readonly view: () => SimStation
  readonly plug: (evse: number, vehicle: Vehicle) => ActionResult
  readonly unplug: (evse: number, force?: boolean) => ActionResult
  readonly card: (evse: number, idToken: string) => Promise<ActionResult>
  readonly start: (evse: number) => ActionResult
  readonly stop: (evse: number) => ActionResult
  readonly emergencyStop: (evse: number) => ActionResult
  readonly fault: (evse: number, code: string) => ActionResult
  readonly clear: (evse: number) => ActionResult
  /** Asks a V2G car to give power back; 0 W ends it. */
  readonly giveBack: (evse: number, powerW: number) => ActionResult
  readonly setLink: (up: boolean, how?: 'close' | 'cut') => void
  readonly linkState: () => LinkState
  /** CALLs not yet acknowledged, also those kept through an outage. */
  readonly backlog: () => number
  /** The meter of an EVSE, in whole Wh. */
  readonly registers: (evse: number) => { readonly importWh: number; readonly exportWh: number }
  readonly close: () => void
}

const LOG_LENGTH = 200

/**
 * Builds a station and connects it.
 * @throws HighLevelUnusable where no car could take an id of its EVSEs, or its tariff
 */
export function startStation(options: StationOptions): Station {
  const core = createCore(options)
  const { connectAfterMs = 0 } = options
  if (connectAfterMs > 0) core.cancelHeartbeat = core.network.after(milliseconds(connectAfterMs), core.link.up)
  else core.link.up()
  return handleOf(core)
}

function createCore(options: StationOptions): StationCore {
  const { identity, network, random, quirks = {}, version } = options
  const { clock, end: endClock } = endingClock(options.clock)
  const template = typeof options.template === 'string' ? loadTemplate(options.template) : options.template
  const evseIds = evseIdsOf(
    identity,
    template.evses.map(({ number }) => number),
    options.highLevel,
  )
  requireTariff(options.highLevel)
  const emit = options.onEvent ?? (() => {})
  let booted = false
  const log: LoggedMessage[] = []
  const link = openOcppLink({
    connect: options.connect ?? connectWebSocket,
    url: options.url,
    identity,
    password: options.password,
    version,
    network,
    clock,
    random,
    quirks,
    ...(options.backoff && { backoff: options.backoff }),
    ...(options.callTimeoutMs !== undefined && { callTimeoutMs: options.callTimeoutMs }),
    pingSeconds: () => core.settings.number('pingSeconds'),
    answer: (action, payload) => core.dialect.answer(action, payload),
    onState: (state, detail) => {
      emit({ type: 'link', identity, state, detail })
      emit({ type: 'changed', identity })
      if (state !== 'connected') return core.cancelHeartbeat()
      void introduce(core, booted)
      booted = true
    },
    onMessage: (message) => {
      log.push(message)
      if (log.length > LOG_LENGTH) log.shift()
      emit({ type: 'message', identity, message })
    },
  })
  let dialect: Dialect | undefined
  const speak = version === 'ocpp1.6' ? speak16 : speak2
  const core: StationCore = {
    identity,
    version,
    template,
    timing: { ...template.timing, ...options.timing },
    clock,
    network,
    random,
    quirks,
    settings: createSettings(options.settings ?? {}, (name) => settingChanged(core, name)),
    evses: template.evses.map((one, index) => createEvse(one, { now: clock.now(), evseId: evseIds[index]! })),
    profiles: [],
    known: new Map(),
    autoStart: options.autoStart ?? true,
    highLevel: options.highLevel,
    log,
    link,
    get dialect() {
      dialect ??= speak(core)
      return dialect
    },
    bootReason: 'powerUp',
    rebooting: false,
    cancelWake: () => {},
    isClosed: false,
    endClock,
    cancelHeartbeat: () => {},
    batteryFull: (evse) => void stopTransaction(core, evse, 'stoppedByEV'),
    changed: () => emit({ type: 'changed', identity }),
  }
  return core
}

function settingChanged(core: StationCore, name: SettingName): void {
  if (name === 'heartbeatSeconds') armHeartbeat(core)
  if (name === 'meterIntervalSeconds') for (const evse of core.evses) armMeter(core, evse)
}

function handleOf(core: StationCore): Station {
  const at = (number: number, work: (evse: SimEvse) => ActionResult): ActionResult => {
    const evse = findEvse(core, number)
    return evse ? work(evse) : refused(`There is no EVSE ${number}.`)
  }
  return {
    identity: core.identity,
    evseNumbers: core.evses.map(({ template }) => template.number),
    view: () => snapshot(core),
    plug: (number, vehicle) => at(number, (evse) => plug(core, evse, vehicle)),
    unplug: (number, force) => at(number, (evse) => unplug(core, evse, force)),
    card: async (number, idToken) => {
      const evse = findEvse(core, number)
      return evse ? presentToken(core, evse, idToken) : refused(`There is no EVSE ${number}.`)
    },
    start: (number) => at(number, (evse) => press(core, evse, 'start')),
    stop: (number) => at(number, (evse) => press(core, evse, 'stop')),
    emergencyStop: (number) =>
      at(number, (evse) => (stopTransaction(core, evse, 'emergency') ? done('Emergency stop.') : refused('Nothing is charging.'))),
    fault: (number, code) => at(number, (evse) => fault(core, evse, code)),
    clear: (number) => at(number, (evse) => clearFault(core, evse)),
    giveBack: (number, powerW) =>
      at(number, (evse) => {
        updateSupply(core)
        // Where both speak, they must have agreed on it.
        const gives = evse.cable?.state() === 'charging' ? evse.cable.giveBack(powerW) : evse.vehicle?.giveBack(powerW)
        if (!gives) return refused('This car cannot give power back.')
        updateSupply(core)
        return done(powerW > 0 ? `The car gives back up to ${powerW} W.` : 'The car charges again.')
      }),
    setLink: (up, how = 'close') => (up ? core.link.up() : core.link.down(how)),
    linkState: core.link.state,
    backlog: core.link.backlog,
    registers: (number) => {
      const evse = findEvse(core, number)
      if (!evse) return { importWh: 0, exportWh: 0 }
      settleEnergy(core, evse)
      return shownRegisters(evse)
    },
    close: () => {
      core.isClosed = true
      for (const { cable } of core.evses) cable?.close()
      core.link.down('close')
      core.cancelHeartbeat()
      core.endClock()
    },
  }
}
