import { readFileSync } from 'node:fs'
import type { ConnectorStandard } from '@voltway/domain/stations'

/** What is printed on the hardware; one JSON file of `templates/` each. */
export interface StationTemplate {
  readonly vendor: string
  readonly model: string
  readonly firmware: string
  /** What all connectors share, where they do. */
  readonly sharedLimitW?: number
  readonly evses: readonly EvseTemplate[]
  readonly timing: StationTiming
}

/** An EVSE with its one connector; in 1.6 its number is the connectorId. */
export interface EvseTemplate {
  readonly number: number
  readonly standard: ConnectorStandard
  readonly currentType: 'AC' | 'DC'
  readonly phases: 1 | 3
  /** Phase to neutral on AC, nominal battery voltage on DC. */
  readonly voltageV: number
  readonly maxPowerW: number
  /** What it can take back from a car that agrees to it by ISO 15118-20; nothing where left out. */
  readonly maxDischargeW?: number
  /** How long a car pauses while it is switched between one phase and three; left out, it cannot be. */
  readonly switchPauseMs?: number
  readonly cableAttached: boolean
  readonly side?: 'left' | 'right'
}

/** How long the hardware takes, in milliseconds. */
export interface StationTiming {
  /** From authorised and plugged to energy: handshake, and the insulation test on DC. */
  readonly startMs: number
  /** Current falls to nothing after a stop. */
  readonly rampMs: number
  /** Voltage falls after the current did; the plug stays locked. */
  readonly voltageMs: number
  readonly rebootMs: number
}

export const TEMPLATE_NAMES = ['ac-home-7', 'ac-22-dual', 'ac-22-switching', 'dc-50-ccs-chademo', 'dc-150-ccs-dual', 'dc-350-ccs'] as const
export type TemplateName = (typeof TEMPLATE_NAMES)[number]

/** The template of that name, from this package. */
export const loadTemplate = (name: TemplateName): StationTemplate =>
  JSON.parse(readFileSync(new URL(`./templates/${name}.json`, import.meta.url), 'utf8'))
