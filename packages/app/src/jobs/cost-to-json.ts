import type { CostBreakdown } from '@voltway/domain/tariffs'
import { currency, wattHours } from '@voltway/units'

/** A cost as it is kept in jsonb: amounts as decimal strings. */
export interface CostJson {
  readonly currency: string
  readonly totalMicros: string
  readonly netMicros: string
  readonly vatMicros: string
  readonly vatRatePpm: string
  readonly importWh: number
  readonly exportWh: number
  readonly lines: readonly {
    readonly dimension: CostBreakdown['lines'][number]['dimension']
    readonly label: string
    readonly quantity: number
    readonly unit: CostBreakdown['lines'][number]['unit']
    readonly unitPriceMicros: string
    readonly amountMicros: string
    readonly isCapped?: true
  }[]
}

export const costToJson = (cost: CostBreakdown): CostJson => ({
  currency: cost.currency,
  totalMicros: cost.totalMicros.toString(),
  netMicros: cost.netMicros.toString(),
  vatMicros: cost.vatMicros.toString(),
  vatRatePpm: cost.vatRatePpm.toString(),
  importWh: cost.importWh,
  exportWh: cost.exportWh,
  lines: cost.lines.map((line) => ({
    ...line,
    unitPriceMicros: line.unitPriceMicros.toString(),
    amountMicros: line.amountMicros.toString(),
  })),
})

export const costFromJson = (json: CostJson): CostBreakdown => ({
  currency: currency(json.currency),
  totalMicros: BigInt(json.totalMicros),
  netMicros: BigInt(json.netMicros),
  vatMicros: BigInt(json.vatMicros),
  vatRatePpm: BigInt(json.vatRatePpm),
  importWh: wattHours(json.importWh),
  exportWh: wattHours(json.exportWh),
  lines: json.lines.map((line) => ({ ...line, unitPriceMicros: BigInt(line.unitPriceMicros), amountMicros: BigInt(line.amountMicros) })),
})
