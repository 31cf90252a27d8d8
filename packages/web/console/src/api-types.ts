import type { EvseStatusName, MoneyJson, PowerSpan, PricedSpan } from '@voltway/ui'

/** What the API answers to operators, as far as the console reads it. Times are ISO 8601, powers W, energies Wh. */
export interface List<Item> {
  readonly items: readonly Item[]
  readonly nextCursor?: string
}
export interface Me {
  readonly user: { readonly name: string; readonly email?: string }
  readonly roles: readonly string[]
  readonly scopes: readonly string[]
  readonly tenant: { readonly id: string; readonly name: string }
}
export interface Site {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly address: string
  readonly city: string
  readonly country: string
  readonly latitude: number
  readonly longitude: number
  readonly timeZone: string
  readonly currency: string
  readonly gridLimitW?: number
  readonly operatorName: string
  readonly access: string
  readonly steering?: boolean
  readonly tariffId?: string
  readonly counts: {
    readonly evses: number
    readonly available: number
    readonly charging: number
    readonly faulted: number
    readonly offline: number
  }
  readonly powerW: number
}
export interface Evse {
  readonly id: string
  readonly code: string
  readonly number: number
  readonly label: string
  readonly currentType: string
  readonly maxPowerW: number
  readonly phases: number
  readonly side?: string
  readonly connectors: readonly {
    readonly number: number
    readonly standard: string
    readonly maxPowerW: number
    readonly cableAttached: boolean
  }[]
  readonly status: EvseStatusName
  readonly statusSince?: string
  readonly statusError?: string
  readonly session?: {
    readonly id: string
    readonly powerW: number
    readonly importWh: number
    readonly socPercent?: number
    readonly startedAt: string
  }
  readonly nextReservation?: { readonly id: string; readonly startsAt: string; readonly endsAt: string }
  readonly tariffId?: string
}
export interface Station {
  readonly id: string
  readonly siteId: string
  readonly siteName: string
  readonly name: string
  readonly online: boolean
  readonly ocppVersion?: string
  readonly vendor?: string
  readonly model?: string
  readonly serial?: string
  readonly firmware?: string
  readonly lastSeenAt?: string
  readonly connectedAt?: string
  readonly sharedLimitW?: number
  readonly evses: readonly Evse[]
  readonly openAlarms: number
}
export interface StationDetail extends Station {
  readonly identity: string
  readonly openAccess: boolean
  readonly registration: string
  readonly inboundMode: string
  readonly variables: number
}
export interface OcppMessage {
  readonly id: string
  readonly at: string
  readonly direction: 'in' | 'out'
  readonly action: string
  readonly messageId: string
  readonly request: string
  readonly response?: string
  readonly outcome: string
  readonly violations?: unknown
}
export interface StationCommand {
  readonly id: string
  readonly action: string
  readonly payload: unknown
  readonly requestedBy: string
  readonly requestedAt: string
  readonly state: string
  readonly answer?: unknown
  readonly error?: string
  readonly endedAt?: string
}
export interface StationVariable {
  readonly component: string
  readonly instance?: string
  readonly evse?: number
  readonly variable: string
  readonly value?: string
  readonly mutability?: string
  readonly reportedAt: string
}
export interface Timeline {
  readonly evses: readonly {
    readonly id: string
    readonly label: string
    readonly segments: readonly { readonly from: string; readonly to: string; readonly status: EvseStatusName }[]
  }[]
}
export interface SitePower {
  readonly gridLimitW?: number
  readonly points: readonly {
    readonly at: string
    readonly byEvse: Readonly<Record<string, number>>
    readonly totalW: number
    readonly plannedW?: number
  }[]
  readonly prices: readonly PricedSpan[]
  readonly solar?: readonly PowerSpan[]
  /** To what events of the grid cap the site. */
  readonly caps?: readonly PowerSpan[]
  readonly evses: readonly { readonly id: string; readonly label: string }[]
}
export interface PlannedCar {
  readonly evseId: string
  readonly evseLabel: string
  readonly stationName: string
  readonly sessionId?: string
  readonly reservationId?: string
  /** Of the site, that it draws from: L1, L2, L3 or three. */
  readonly phases?: string
  readonly plannedWh: number
  readonly shortfallWh: number
  readonly curve: readonly PowerSpan[]
  readonly why: {
    readonly code: string
    readonly marginalPerKwh?: MoneyJson
    readonly congestionPerKwh?: MoneyJson
    readonly at?: string
  }
}
export interface SitePlan {
  readonly steering: boolean
  readonly plan?: {
    /** nested: exact; full: with a certified gap. */
    readonly planner: string
    readonly plannedAt: string
    readonly endsAt: string
    readonly reasons: readonly string[]
    readonly limitW?: number
    readonly plannedWh: number
    readonly shortfallWh: number
    readonly cost: MoneyJson
    readonly costGap: MoneyJson
    readonly solarWh?: number
    readonly peakRiseW?: number
    /** How much was given early because of who came on past days. */
    readonly anticipated?: { readonly days: number; readonly earlyWh: number }
    readonly shortfallGapWh: number
    readonly total: readonly PowerSpan[]
    readonly cars: readonly PlannedCar[]
  }
}
/** What a site has beside its limit in W. */
export interface SiteEnergy {
  readonly phaseLimitsA?: readonly number[]
  readonly mostPauses?: number
  readonly feedInPerKwhMicros?: string
  readonly demandCharge?: { readonly perKwMicros: string; readonly peakSoFarW?: number }
  readonly carbonSeries?: string
}
export interface Cost {
  readonly currency: string
  readonly total: MoneyJson
  readonly net: MoneyJson
  readonly vat: MoneyJson
  readonly vatRatePpm: string
  readonly lines: readonly {
    readonly dimension: string
    readonly label: string
    readonly quantity: number
    readonly unit: string
    readonly unitPrice: MoneyJson
    readonly amount: MoneyJson
    readonly isCapped?: boolean
  }[]
}
export interface Plan {
  readonly kind: string
  readonly start: string
  readonly end: string
  readonly energyWh: number
  readonly curve: readonly PowerSpan[]
  readonly cost: Cost
}
export interface Session {
  readonly id: string
  readonly state: string
  readonly chargingState?: string
  readonly stationId: string
  readonly stationName: string
  readonly siteId: string
  readonly siteName: string
  readonly timeZone: string
  readonly evseId?: string
  readonly evseLabel?: string
  readonly evseCode?: string
  readonly driverId?: string
  readonly driverName?: string
  readonly vehicleLabel?: string
  readonly tokenLastFour?: string
  readonly reservationId?: string
  readonly reservationCode?: string
  readonly startedAt: string
  readonly endedAt?: string
  readonly chargingEndedAt?: string
  readonly importWh: number
  readonly exportWh: number
  readonly powerW?: number
  readonly socStart?: number
  readonly socPercent?: number
  readonly stopReason?: string
  readonly heldReasons: readonly string[]
  readonly outcome?: string
  readonly cost?: Cost
  readonly plan?: Plan
  readonly endsBy?: string
  readonly unlocked: boolean
  /** The station's own last word on the lock of the plug, and since when it is unlocked by that word. */
  readonly plug?: 'locked' | 'unlocked'
  readonly unlockedAt?: string
  readonly receiptNumber?: number
}
export interface SessionSeries {
  readonly points: readonly {
    readonly at: string
    readonly powerW?: number
    readonly importWh: number
    readonly exportWh: number
    readonly socPercent?: number
    readonly costMicros: string
  }[]
  readonly planned: readonly PowerSpan[]
  readonly prices: readonly PricedSpan[]
  readonly limitW?: number
}
export interface Reservation {
  readonly id: string
  readonly code: string
  readonly state: string
  readonly stateCause?: string
  /** What is wrong with it, and what the station said to it. */
  readonly trouble?: string
  readonly troubleDetail?: string
  readonly siteId: string
  readonly siteName: string
  readonly timeZone: string
  readonly stationId: string
  readonly stationName: string
  readonly evseId: string
  readonly evseCode: string
  readonly evseLabel: string
  readonly driverId: string
  readonly driverName?: string
  readonly startsAt: string
  readonly endsAt: string
  readonly plan: Plan
  readonly sessionId?: string
  readonly createdAt: string
}
export interface Tariff {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly definition: Readonly<Record<string, unknown>>
  readonly summary: string
  readonly updatedAt: string
  readonly usedBy: { readonly sites: number; readonly evses: number }
}
export interface Simulated {
  readonly cost: Cost
  readonly priceLine: readonly (PricedSpan & { readonly perMinute: MoneyJson; readonly label: string; readonly peak: boolean })[]
}
export interface Driver {
  readonly id: string
  readonly name: string
  readonly email?: string
  readonly phone?: string
  readonly locale: string
  readonly state: string
  readonly createdAt: string
  readonly counts: { readonly vehicles: number; readonly tokens: number; readonly sessions: number }
}
export interface IdToken {
  readonly id: string
  readonly lastFour: string
  readonly type: string
  readonly label: string
  readonly driverId?: string
  readonly driverName?: string
  readonly state: string
  readonly expiresAt?: string
  readonly createdAt: string
  readonly lastUsedAt?: string
}
export interface Vehicle {
  readonly id: string
  readonly label: string
  readonly batteryWh: number
  readonly maxAcW: number
  readonly maxDcW?: number
  readonly connectorStandards: readonly string[]
}
export interface DriverDetail {
  readonly driver: Driver
  readonly vehicles: readonly Vehicle[]
  readonly tokens: readonly IdToken[]
  readonly sessions: readonly Session[]
}
export interface VehiclesCharging {
  readonly items: readonly {
    readonly sessionId: string
    readonly vehicleLabel?: string
    readonly batteryWh?: number
    readonly socPercent?: number
    readonly powerW?: number
    readonly importWh: number
    readonly chargingState?: string
    readonly stationId: string
    readonly stationName: string
    readonly siteName: string
    readonly evseNumber?: number
    readonly startedAt: string
  }[]
  readonly overallSocPercent?: number
}
export interface Alarm {
  readonly id: string
  readonly kind: string
  readonly stationId?: string
  readonly stationName?: string
  readonly sessionId?: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly raisedAt: string
  readonly resolvedAt?: string
}
export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly lastFour: string
  readonly scopes: readonly string[]
  readonly createdAt: string
  readonly revokedAt?: string
}
