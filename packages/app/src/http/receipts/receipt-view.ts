import type { Receipt } from '@voltway/domain/billing'
import type { CdrRow } from '@voltway/store'
import { epochMs, isoOf } from '@voltway/units'
import { given } from '../given.ts'
import { Problem } from '../problems.ts'
import type { ReceiptView } from './receipt-schema.ts'

/** A value as JSON keeps it: bigints as decimal text. */
type Kept<Value> = Value extends bigint
  ? string
  : Value extends string | number | boolean | undefined
    ? Value
    : Value extends readonly (infer Item)[]
      ? readonly Kept<Item>[]
      : { readonly [Key in keyof Value]: Kept<Value[Key]> }
export type KeptReceipt = Kept<Receipt>

const isReceipt = (json: unknown): json is KeptReceipt =>
  typeof json === 'object' && json !== null && 'lines' in json && 'totalMicros' in json

/** The receipt as it was frozen in the charge detail record, in the API's words; the driver's name is looked up, not frozen. */
export const receiptView = (cdr: CdrRow, driverName: string | null): ReceiptView => {
  const { receipt } = cdr.body
  if (!isReceipt(receipt)) throw new Problem('INTERNAL', 'This receipt cannot be read.')
  const { currency, plan } = receipt
  const moneyOf = (micros: string) => ({ currency: String(currency), micros })
  const timeOf = ({ at }: KeptReceipt['issuedAt']) => isoOf(epochMs(Number(at)))
  return given({
    sessionId: cdr.sessionId,
    number: receipt.number,
    issuedAt: timeOf(receipt.issuedAt),
    startedAt: timeOf(receipt.startedAt),
    chargingEndedAt: timeOf(receipt.chargingEndedAt),
    endedAt: timeOf(receipt.endedAt),
    connectedSeconds: Math.round(receipt.connectedMs / 1_000),
    chargingSeconds: Math.round(receipt.chargingMs / 1_000),
    timeZone: receipt.timeZone,
    operator: given(receipt.operator),
    station: given(receipt.station),
    driverName,
    vehicle: receipt.vehicle,
    importWh: Number(receipt.importWh),
    exportWh: Number(receipt.exportWh),
    socStart: receipt.socStart === undefined ? undefined : Number(receipt.socStart),
    socEnd: receipt.socEnd === undefined ? undefined : Number(receipt.socEnd),
    stopReason: receipt.stopReason,
    tariffName: receipt.tariffName,
    pricesIncludeVat: receipt.pricesIncludeVat,
    cost: {
      currency: String(currency),
      total: moneyOf(receipt.totalMicros),
      net: moneyOf(receipt.netMicros),
      vat: moneyOf(receipt.vatMicros),
      vatRatePpm: receipt.vatRatePpm,
      lines: receipt.lines.map(({ dimension, label, quantity, unit, unitPriceMicros, amountMicros }) => ({
        dimension,
        label,
        quantity,
        unit,
        unitPrice: moneyOf(unitPriceMicros),
        amount: moneyOf(amountMicros),
      })),
    },
    plan: plan && {
      kind: plan.kind,
      start: timeOf(plan.start),
      end: timeOf(plan.end),
      acceptedWh: Number(plan.acceptedWh),
      chargedWh: Number(plan.chargedWh),
      accepted: moneyOf(plan.acceptedMicros),
      charged: moneyOf(plan.chargedMicros),
      difference: moneyOf(plan.differenceMicros),
    },
  })
}
