import type { Currency, EpochMs, WattHours } from '@voltway/units'

/** A reading of the cumulative registers; energy between two readings is spread evenly over their time. */
export interface MeterPoint {
  readonly at: EpochMs
  readonly importWh: WattHours
  readonly exportWh: WattHours
}

/** What a session used, as its facts say: the input of pricing. */
export interface Usage {
  readonly startedAt: EpochMs
  /** End of charging: last moment that energy was asked for. Undefined while it goes on. */
  readonly chargingEndedAt: EpochMs | undefined
  /** When the car left (unplugged or transaction ended). Undefined while it is there. */
  readonly disconnectedAt: EpochMs | undefined
  /** The moment up to which to price a session that goes on. */
  readonly asOf: EpochMs
  /** Sorted by time, registers not falling. */
  readonly points: readonly MeterPoint[]
}

export type CostDimension = 'energy' | 'time' | 'session' | 'idle' | 'timeOfUse' | 'service' | 'feedIn'

/** One line of a receipt: its amount, VAT included, is rounded once, here, to the currency's smallest coin. */
export interface CostLine {
  readonly dimension: CostDimension
  /** Name of the tariff element or band that gave the price. */
  readonly label: string
  /** Wh for energy and feedIn, milliseconds for time and idle, the multiplier for timeOfUse, 1 for the rest. */
  readonly quantity: number
  readonly unit: 'Wh' | 'ms' | 'piece'
  /** Per kWh, per minute or per piece, as the tariff has it: with or without VAT; negative for a credit. */
  readonly unitPriceMicros: bigint
  readonly amountMicros: bigint
  /** The tariff's cap made the amount less than quantity and unit price come to. */
  readonly isCapped?: true
}

export interface CostBreakdown {
  readonly currency: Currency
  readonly lines: readonly CostLine[]
  /** Sum of the lines, VAT included. */
  readonly totalMicros: bigint
  readonly netMicros: bigint
  readonly vatMicros: bigint
  readonly vatRatePpm: bigint
  readonly importWh: WattHours
  readonly exportWh: WattHours
}
