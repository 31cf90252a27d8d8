import { type BillableSession, type Cdr, cdrOf, postCdr, type ReceiptContext, receiptOf } from '@voltway/domain/billing'
import type { PlanKind } from '@voltway/domain/planning'
import { foldSession } from '@voltway/domain/sessions'
import { parseTariff, tariffToJson, toJson } from '@voltway/domain/tariffs'
import {
  appendOutbox,
  type BillingContext,
  billingContext,
  drawReceiptNumber,
  issueCdr,
  sessionsToBill,
  type Tx,
  transactionFacts,
} from '@voltway/store'
import { type ChargingStationId, type EpochMs, instantOf, type SessionId, type TenantId, uuidv7, wattHours, watts } from '@voltway/units'
import { evseLabel } from '../http/views/evse-label.ts'
import type { Services } from '../services.ts'
import { costToJson } from './cost-to-json.ts'
import type { Job } from './job.ts'

interface StoredPlan {
  readonly kind: PlanKind
  readonly start: string
  readonly end: string
  readonly energyWh: number
  readonly cost: { readonly total: { readonly micros: string } }
}

const planOf = (json: unknown): ReceiptContext['plan'] | undefined => {
  const plan = json as StoredPlan | null
  const [start, end] = plan ? [instantOf(plan.start), instantOf(plan.end)] : []
  if (!plan || start === undefined || end === undefined) return undefined
  return { kind: plan.kind, start, end, energy: wattHours(plan.energyWh), totalMicros: BigInt(plan.cost.total.micros) }
}

const receiptContext = (number: number, context: BillingContext): ReceiptContext => {
  const plan = planOf(context.plan)
  return {
    number,
    operator: { name: context.operatorName },
    station: {
      name: context.stationName,
      siteName: context.siteName,
      address: context.address,
      evse: evseLabel({ standards: context.standards, side: context.evseSide }),
    },
    timeZone: context.timeZone,
    ...(context.vehicleLabel !== null && { vehicle: context.vehicleLabel }),
    ...(plan && { plan }),
  }
}

interface Due {
  readonly id: SessionId
  readonly stationId: ChargingStationId
  readonly transactionId: string
}

const billable = (
  services: Services,
  { id, context, now }: { readonly id: SessionId; readonly context: BillingContext; readonly now: EpochMs },
): BillableSession => ({
  cdrId: uuidv7(now, services.random),
  sessionId: id,
  driverId: context.driverId ?? undefined,
  issuedAt: now,
  maxPower: watts(context.maxPowerW),
  reviewed: context.review?.decision === 'bill',
})

const bill = async (
  tx: Tx,
  tenantId: TenantId,
  { due, services }: { readonly due: Due; readonly services: Services },
): Promise<boolean> => {
  const now = services.clock.now()
  const context = await billingContext(tx, tenantId, due.id)
  const tariff = context?.tariff ? parseTariff(context.tariff) : undefined
  if (!context || !tariff?.ok) return false
  const { steps, readings } = await transactionFacts(tx, { tenantId, stationId: due.stationId, transactionId: due.transactionId })
  const result = cdrOf(billable(services, { id: due.id, context, now }), foldSession([...steps, ...readings]), tariff.value)
  if (!result.ok) return false
  const issued: Cdr = { ...result.value, stopReason: (context.stopReason as Cdr['stopReason']) ?? result.value.stopReason }
  const { tariff: priced, cost, ...cdr } = issued
  const receiptNumber = await drawReceiptNumber(tx, tenantId)
  const receipt = receiptOf(issued, receiptContext(receiptNumber, context))
  await issueCdr(tx, tenantId, {
    id: cdr.id,
    sessionId: due.id,
    driverId: cdr.driverId,
    receiptNumber,
    issuedAt: now,
    currency: cost.currency,
    totalMicros: cost.totalMicros,
    body: { cdr: { ...toJson(cdr), tariff: tariffToJson(priced), cost: costToJson(cost) }, receipt: toJson(receipt) },
    ledgerId: uuidv7(now, services.random),
    ledger: postCdr(result.value),
  })
  const data = { sessionId: due.id, driverId: cdr.driverId ?? null }
  await appendOutbox(
    tx,
    tenantId,
    ['cdr.issued', 'session.changed'].map((type) => ({ type, subject: due.id, data, recordedAt: now })),
  )
  return true
}

/** Bills sessions that ended and raise no doubt: charge detail record, ledger entries and receipt in one transaction. */
export const billSessions: Job = {
  name: 'bill-sessions',
  async run(services, tenantId) {
    const due = await services.db.inTenant(tenantId, (tx) => sessionsToBill(tx, tenantId))
    let billed = false
    for (const one of due) billed = (await services.db.inTenant(tenantId, (tx) => bill(tx, tenantId, { due: one, services }))) || billed
    if (billed) services.live.wake(tenantId)
    return billed
  },
}
