import type { SiteAccess, SiteKind } from '@voltway/domain/stations'
import { townPlace } from './town.ts'

export type TemplateName = 'ac-home-7' | 'ac-22-dual' | 'dc-50-ccs-chademo' | 'dc-150-ccs-dual' | 'dc-350-ccs'
export type DemoTariff = 'home' | 'rapid' | 'parking' | 'depot'

export interface DemoStation {
  readonly identity: string
  readonly name: string
  readonly template: TemplateName
  readonly version: 'ocpp1.6' | 'ocpp2.0.1'
  /** No car comes here by itself, so that a visitor always finds it free. */
  readonly leftToVisitors?: true
}
export interface DemoSite {
  readonly name: string
  readonly kind: SiteKind
  readonly address: string
  readonly latitude: number
  readonly longitude: number
  readonly gridLimitW: number
  /** Public unless told. */
  readonly access?: SiteAccess
  readonly tariff: DemoTariff
  /** Cars that arrive in an hour, over the whole site. */
  readonly carsPerHour: number
  readonly stations: readonly DemoStation[]
}

const at = (east: number, north: number) => {
  const [longitude, latitude] = townPlace(east, north)
  return { latitude, longitude }
}

/** Lunebridge: a home, a charging station by the ring road, a car park and a bus depot. */
export const CITY: readonly DemoSite[] = [
  {
    name: 'Quay Terrace',
    kind: 'home',
    address: '12 Quay Terrace',
    ...at(-820, 420),
    gridLimitW: 17_000,
    tariff: 'home',
    carsPerHour: 0.6,
    stations: [
      { identity: 'LB-HOME-01', name: 'Garage', template: 'ac-home-7', version: 'ocpp1.6' },
      { identity: 'LB-HOME-02', name: 'Drive', template: 'ac-home-7', version: 'ocpp2.0.1', leftToVisitors: true },
    ],
  },
  {
    name: 'Ring Road Services',
    kind: 'station',
    address: 'Ring Road East',
    ...at(1420, -180),
    gridLimitW: 500_000,
    tariff: 'rapid',
    carsPerHour: 9,
    stations: [
      { identity: 'LB-RING-01', name: 'Bay 1', template: 'dc-50-ccs-chademo', version: 'ocpp1.6' },
      { identity: 'LB-RING-02', name: 'Bay 2', template: 'dc-150-ccs-dual', version: 'ocpp2.0.1' },
      { identity: 'LB-RING-03', name: 'Bay 3', template: 'dc-350-ccs', version: 'ocpp2.0.1' },
      { identity: 'LB-RING-04', name: 'Bay 4', template: 'dc-350-ccs', version: 'ocpp1.6' },
    ],
  },
  {
    name: 'Market Square Car Park',
    kind: 'parking',
    address: 'Market Square',
    ...at(180, 160),
    gridLimitW: 110_000,
    tariff: 'parking',
    carsPerHour: 6,
    stations: [
      { identity: 'LB-MARKET-01', name: 'Level 1 North', template: 'ac-22-dual', version: 'ocpp1.6', leftToVisitors: true },
      { identity: 'LB-MARKET-02', name: 'Level 1 South', template: 'ac-22-dual', version: 'ocpp2.0.1', leftToVisitors: true },
      { identity: 'LB-MARKET-03', name: 'Level 2 North', template: 'ac-22-dual', version: 'ocpp2.0.1' },
      { identity: 'LB-MARKET-04', name: 'Entrance', template: 'dc-50-ccs-chademo', version: 'ocpp2.0.1' },
    ],
  },
  {
    name: 'Lune Buses Depot',
    kind: 'depot',
    address: 'Station Yard',
    ...at(-260, -820),
    // Less than half of what its chargers could draw: here steering is seen at work.
    gridLimitW: 150_000,
    access: 'private',
    tariff: 'depot',
    carsPerHour: 3,
    stations: [
      { identity: 'LB-DEPOT-01', name: 'Lane A', template: 'dc-150-ccs-dual', version: 'ocpp1.6' },
      { identity: 'LB-DEPOT-02', name: 'Lane B', template: 'dc-150-ccs-dual', version: 'ocpp2.0.1' },
      { identity: 'LB-DEPOT-03', name: 'Workshop', template: 'ac-22-dual', version: 'ocpp1.6' },
    ],
  },
]
