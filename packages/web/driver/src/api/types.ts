import type { EvseStatusName, MoneyJson } from '@voltway/ui'

export type Money = MoneyJson

export interface PublicEvse {
  readonly code: string
  readonly label: string
  readonly stationName?: string
  readonly currentType: 'AC' | 'DC'
  readonly maxPowerW: number
  readonly standards: readonly string[]
  readonly status: EvseStatusName
  readonly statusAt?: string
  readonly side?: 'left' | 'right'
  readonly priceNow: string
  readonly pricePerKwhNow?: Money
  /** Amounts in the site's currency, such as `0.45/kWh + 0.2/session`. */
  readonly tariffSummary: string
  readonly reservedFrom?: string
}
export interface PublicSite {
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
  readonly operatorName: string
  readonly evses: readonly PublicEvse[]
}
export interface PublicEvseDetail {
  readonly site: PublicSite
  readonly evse: PublicEvse
}

export interface CostLine {
  readonly dimension: string
  readonly label: string
  readonly quantity: number
  readonly unit: string
  readonly unitPrice: Money
  readonly amount: Money
  readonly isCapped?: boolean
}
export interface Cost {
  readonly currency: string
  readonly total: Money
  readonly net: Money
  readonly vat: Money
  readonly vatRatePpm: string
  readonly lines: readonly CostLine[]
}
export interface PowerStep {
  readonly from: string
  readonly to: string
  readonly powerW: number
}
export interface PlanStep extends PowerStep {
  /** What is offered, where the battery does not take all of it. */
  readonly limitW?: number
}
/** A stretch of the stay, and why it is or is not charged in. */
export interface PlanSlot {
  readonly from: string
  readonly to: string
  readonly energyWh: number
  readonly reason: string
  /** What one more kWh would cost in it, where the planner can say. */
  readonly marginalPerKwh?: Money
  /** The same for a greenest plan, in g of CO2. */
  readonly marginalGramsPerKwh?: number
}
/** By how much a plan may be worse than the best for its goal, proved. */
export interface PlanGap {
  readonly cost?: Money
  /** Waiting counted at the price in the wish. */
  readonly costAndWaiting?: Money
  readonly carbonGrams?: number
  readonly endSeconds?: number
  /** With `endSeconds` or `carbonGrams`: above the cheapest that is ready no later, or as green. */
  readonly thenCost?: Money
  /** With `cost`, where the price cap leaves energy out: how much more it may pay for. */
  readonly energyWh?: number
}
export interface PlanReason {
  readonly code: string
  readonly shiftMinutes?: number
  readonly saved?: Money
}
export interface Plan {
  readonly kind: string
  readonly start: string
  readonly end: string
  readonly energyWh: number
  /** g of CO2, where it is known for all of the plan. */
  readonly carbonGrams?: number
  readonly curve: readonly PlanStep[]
  readonly cost: Cost
  readonly tariff: Readonly<Record<string, unknown>>
  readonly slots?: readonly PlanSlot[]
  readonly gap?: PlanGap
  readonly reasons: readonly PlanReason[]
  /** What of the minimum asked for is missing at its hour, and why. */
  readonly minimumShortfall?: { readonly askedWh: number; readonly by: string; readonly energyWh: number; readonly code: string }
  readonly offer?: string
}
export interface PriceSpan {
  readonly from: string
  readonly to: string
  readonly perKwh: Money
  readonly peak?: boolean
}
export interface Plans {
  readonly plans: readonly Plan[]
  readonly priceLine: readonly PriceSpan[]
  readonly busy: readonly { readonly from: string; readonly to: string }[]
  /** What the site's panels are forecast to give, where that is known. */
  readonly solar?: readonly PowerStep[]
  readonly asked: Plan | null
  readonly impossible?: { readonly code: string; readonly shortfallWh: number }
}
export interface Wish {
  readonly evseCode: string
  readonly arrival?: string
  readonly durationMinutes?: number
  readonly departure?: string
  readonly energyWh?: number
  readonly targetSocPercent?: number
  readonly socPercent?: number
  readonly vehicleId?: string
  readonly priceCapMicros?: string
  readonly waitingMicrosPerHour?: string
  readonly goal?: 'cheapest' | 'earliest' | 'greenest'
  readonly minimum?: { readonly energyWh: number; readonly by: string }
  readonly lastPartMinutes?: number
  readonly uninterrupted?: boolean
}

/** A wish where the driver does not mind which connector. */
export interface NetworkWish extends Omit<Wish, 'evseCode' | 'goal' | 'minimum' | 'lastPartMinutes' | 'uninterrupted'> {
  readonly near?: { readonly latitude: number; readonly longitude: number }
}
export interface NetworkChoice {
  readonly siteId: string
  readonly siteName: string
  readonly address: string
  readonly timeZone: string
  readonly evseCode: string
  readonly evseLabel: string
  readonly stationName: string
  readonly distanceM?: number
  readonly waitMinutes: number
  readonly plan: Plan
}
export interface NetworkPlans {
  /** The best first. */
  readonly choices: readonly NetworkChoice[]
  readonly impossible?: { readonly code: string }
}

interface Place {
  readonly siteId: string
  readonly siteName: string
  readonly timeZone: string
  readonly stationName: string
}
export interface Reservation extends Place {
  readonly id: string
  readonly code: string
  readonly state: 'confirmed' | 'pushed' | 'active' | 'completed' | 'released' | 'cancelled'
  readonly stateCause?: string
  readonly evseCode: string
  readonly evseLabel: string
  readonly startsAt: string
  readonly endsAt: string
  readonly plan: Plan
  readonly sessionId?: string
  readonly createdAt: string
}
export interface Session extends Place {
  readonly id: string
  readonly state: 'pending' | 'charging' | 'suspended' | 'idle' | 'ended' | 'held' | 'billed'
  readonly chargingState?: string
  readonly evseLabel?: string
  readonly evseCode?: string
  readonly vehicleLabel?: string
  readonly tokenLastFour?: string
  readonly reservationId?: string
  readonly reservationCode?: string
  readonly startedAt: string
  readonly endedAt?: string
  readonly chargingEndedAt?: string
  readonly stopRequestedAt?: string
  readonly idleFee?: { readonly perMinute: { readonly currency: string; readonly micros: string }; readonly graceMinutes: number }
  readonly importWh: number
  readonly exportWh: number
  readonly powerW?: number
  readonly socStart?: number
  readonly socPercent?: number
  readonly stopReason?: string
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
    readonly socPercent?: number
    readonly costMicros: string
  }[]
  readonly planned: readonly PowerStep[]
  readonly prices: readonly PriceSpan[]
  /** What the site allows this car, where it is steered. */
  readonly allowed?: readonly PowerStep[]
  /** What the site's panels are forecast to give, where that is known. */
  readonly solar?: readonly PowerStep[]
  /** The most that the connector gives. */
  readonly limitW?: number
  readonly steering?: { readonly allowedW: number; readonly shortfallWh: number; readonly code: string }
}
export interface Receipt {
  readonly number: number
  readonly issuedAt: string
  readonly startedAt: string
  readonly chargingEndedAt: string
  readonly endedAt: string
  readonly timeZone: string
  readonly operator: { readonly name: string; readonly address?: string; readonly vatNumber?: string }
  readonly station: { readonly name: string; readonly siteName: string; readonly address?: string; readonly evse: string }
  readonly vehicle?: string
  readonly importWh: number
  readonly exportWh: number
  readonly socStart?: number
  readonly socEnd?: number
  readonly stopReason?: string
  readonly tariffName: string
  readonly pricesIncludeVat: boolean
  readonly plan?: { readonly kind: string; readonly acceptedWh: number; readonly accepted: Money }
  readonly cost: Cost
}

export interface Vehicle {
  readonly id: string
  readonly label: string
  readonly batteryWh: number
  readonly maxAcW: number
  readonly maxDcW?: number
  readonly connectorStandards: readonly string[]
}
export interface IdToken {
  readonly id: string
  readonly lastFour: string
  readonly type: string
  readonly label: string
  readonly state: string
  readonly lastUsedAt?: string
}
export interface Notice {
  readonly id: string
  readonly kind: string
  readonly sessionId?: string
  readonly reservationId?: string
  readonly data: Readonly<Record<string, unknown>>
  readonly createdAt: string
  readonly readAt?: string
}
export interface Me {
  readonly user: { readonly name: string; readonly email?: string }
  readonly roles: readonly string[]
  readonly tenant: { readonly id: string; readonly name: string }
  readonly driver?: { readonly id: string; readonly name: string }
}
export interface Items<Item> {
  readonly items: readonly Item[]
  readonly nextCursor?: string
}
