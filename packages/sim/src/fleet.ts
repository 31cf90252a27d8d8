import { type Clock, seeded } from '@voltway/units'
import type { OcppVersion } from '@voltway/wire/ocpp'
import type { HighLevel } from './cable/cable.ts'
import type { CarCertificates } from './cable/speech.ts'
import { systemClock } from './clock.ts'
import { type ControlServer, serveControl } from './control/serve-control.ts'
import { type LifeOptions, live } from './life.ts'
import type { Connect } from './link/socket.ts'
import type { Quirks } from './quirks.ts'
import type { SimClock } from './sim-clock.ts'
import type { SettingName } from './station/settings.ts'
import { type Station, type StationEvent, startStation } from './station/station.ts'
import type { StationTemplate, StationTiming, TemplateName } from './template.ts'

export interface FleetStation {
  readonly identity: string
  readonly password?: string
  readonly template: TemplateName | StationTemplate
  readonly version: OcppVersion
  readonly quirks?: Quirks
  /** Speaks ISO 15118 with cars that do. */
  readonly highLevel?: HighLevel | undefined
}
export interface FleetOptions {
  /** The server's OCPP URL without the identity, e.g. ws://127.0.0.1:8080/ocpp */
  readonly url: string
  readonly stations: readonly FleetStation[]
  readonly clock: SimClock
  readonly random: () => number
  /** Real time for the network; the machine's own where left out. */
  readonly network?: Clock
  readonly connect?: Connect
  readonly settings?: Partial<Record<SettingName, string>>
  readonly timing?: Partial<StationTiming>
  readonly backoff?: { readonly firstMs: number; readonly longestMs: number }
  /** Stations connect one after the other over this time; 0 connects them together. */
  readonly spreadMs?: number
  /** Serves the control API for the simulator's page. */
  readonly control?: { readonly port: number; readonly token: string; readonly host?: string }
  /** What cars that speak ISO 15118 carry; without it none speaks it. */
  readonly cars?: CarCertificates
  /** Cars that come, charge and go by themselves. */
  readonly life?: LifeOptions
  readonly onEvent?: (event: StationEvent) => void
}
export interface Fleet {
  readonly stations: ReadonlyMap<string, Station>
  readonly controlUrl: string | undefined
  readonly subscribe: (listener: (event: StationEvent) => void) => () => void
  readonly clock: SimClock
  readonly close: () => Promise<void>
}

/** Starts stations against a server. Each has its own randomness, so that adding one does not change the others. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { clock, random, network = systemClock, spreadMs = 0 } = options
  const listeners = new Set<(event: StationEvent) => void>(options.onEvent ? [options.onEvent] : [])
  const stations = new Map<string, Station>()
  const fleet = {
    stations,
    clock,
    cars: options.cars,
    subscribe: (listener: (event: StationEvent) => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  let control: ControlServer | undefined
  if (options.control) control = await serveControl(fleet, options.control)
  for (const { quirks, password, ...own } of options.stations) {
    if (stations.has(own.identity)) throw new Error(`two stations are called ${own.identity}`)
    const station = startStation({
      ...own,
      url: options.url,
      clock,
      network,
      random: seeded(Math.floor(random() * 2 ** 32)),
      connectAfterMs: spreadMs === 0 ? 0 : Math.floor((spreadMs * stations.size) / options.stations.length),
      ...(quirks && { quirks }),
      ...(password !== undefined && { password }),
      ...(options.connect && { connect: options.connect }),
      ...(options.settings && { settings: options.settings }),
      ...(options.timing && { timing: options.timing }),
      ...(options.backoff && { backoff: options.backoff }),
      onEvent: (event) => {
        for (const listener of listeners) listener(event)
      },
    })
    stations.set(own.identity, station)
  }
  const endLife = options.life ? live({ stations, clock, random: seeded(options.life.seed), cars: options.cars }, options.life) : () => {}
  return {
    ...fleet,
    controlUrl: control?.url,
    close: async () => {
      endLife()
      for (const station of stations.values()) station.close()
      await control?.close()
    },
  }
}
