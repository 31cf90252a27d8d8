import { type Currency, type EpochMs, type Percent, type WattHours, wallClock } from '@voltway/units'
import type { PlanKind } from '../planning/plan.ts'
import type { StopReason } from '../sessions/facts.ts'
import type { CostLine } from '../tariffs/cost.ts'
import type { Cdr } from './cdr.ts'

/** What a receipt shows beside the CDR, as it was when it was issued. */
export interface ReceiptContext {
  /** Per operator, without gaps. */
  readonly number: number
  readonly operator: { readonly name: string; readonly address?: string; readonly vatNumber?: string }
  readonly station: { readonly name: string; readonly siteName: string; readonly address?: string; readonly evse: string }
  /** IANA zone of the site. */
  readonly timeZone: string
  readonly vehicle?: string
  /** The plan that the driver accepted, if the session ran under one. */
  readonly plan?: {
    readonly kind: PlanKind
    readonly start: EpochMs
    readonly end: EpochMs
    readonly energy: WattHours
    readonly totalMicros: bigint
  }
}

/** An instant with the wall clock of the site, as in 2025-10-26T02:30:00+01:00. */
export interface ReceiptTime {
  readonly at: EpochMs
  readonly local: string
}

export interface ReceiptPlan {
  readonly kind: PlanKind
  readonly start: ReceiptTime
  readonly end: ReceiptTime
  readonly acceptedWh: WattHours
  readonly chargedWh: WattHours
  readonly acceptedMicros: bigint
  readonly chargedMicros: bigint
  /** Charged less accepted: negative where it came out cheaper. */
  readonly differenceMicros: bigint
}

/** What a driver gets, complete: the page and the PDF add nothing but words. */
export interface Receipt {
  readonly number: number
  readonly issuedAt: ReceiptTime
  readonly startedAt: ReceiptTime
  readonly chargingEndedAt: ReceiptTime
  readonly endedAt: ReceiptTime
  readonly connectedMs: number
  readonly chargingMs: number
  readonly timeZone: string
  readonly operator: ReceiptContext['operator']
  readonly station: ReceiptContext['station']
  readonly vehicle: string | undefined
  readonly importWh: WattHours
  readonly exportWh: WattHours
  readonly socStart: Percent | undefined
  readonly socEnd: Percent | undefined
  readonly stopReason: StopReason | undefined
  readonly tariffName: string
  /** Whether the unit prices of the lines include VAT; the amounts always do. */
  readonly pricesIncludeVat: boolean
  readonly currency: Currency
  readonly lines: readonly CostLine[]
  readonly netMicros: bigint
  readonly vatMicros: bigint
  readonly vatRatePpm: bigint
  readonly totalMicros: bigint
  readonly plan: ReceiptPlan | undefined
}

const planOf = (cdr: Cdr, plan: NonNullable<ReceiptContext['plan']>, timeOf: (at: EpochMs) => ReceiptTime): ReceiptPlan => ({
  kind: plan.kind,
  start: timeOf(plan.start),
  end: timeOf(plan.end),
  acceptedWh: plan.energy,
  chargedWh: cdr.importWh,
  acceptedMicros: plan.totalMicros,
  chargedMicros: cdr.cost.totalMicros,
  differenceMicros: cdr.cost.totalMicros - plan.totalMicros,
})

/** Sets out a CDR for its driver. No amount is computed here: each is the CDR's own. */
export const receiptOf = (cdr: Cdr, context: ReceiptContext): Receipt => {
  const { cost, tariff } = cdr
  const timeOf = (at: EpochMs): ReceiptTime => ({
    at,
    local: wallClock(at, context.timeZone).toString({ timeZoneName: 'never', fractionalSecondDigits: 0 }),
  })
  return {
    number: context.number,
    issuedAt: timeOf(cdr.issuedAt),
    startedAt: timeOf(cdr.startedAt),
    chargingEndedAt: timeOf(cdr.chargingEndedAt),
    endedAt: timeOf(cdr.endedAt),
    connectedMs: cdr.endedAt - cdr.startedAt,
    chargingMs: cdr.chargingEndedAt - cdr.startedAt,
    timeZone: context.timeZone,
    operator: context.operator,
    station: context.station,
    vehicle: context.vehicle,
    importWh: cdr.importWh,
    exportWh: cdr.exportWh,
    socStart: cdr.socStart,
    socEnd: cdr.socEnd,
    stopReason: cdr.stopReason,
    tariffName: tariff.name,
    pricesIncludeVat: tariff.vat.pricesInclude,
    currency: cost.currency,
    lines: cost.lines,
    netMicros: cost.netMicros,
    vatMicros: cost.vatMicros,
    vatRatePpm: cost.vatRatePpm,
    totalMicros: cost.totalMicros,
    plan: context.plan && planOf(cdr, context.plan, timeOf),
  }
}
