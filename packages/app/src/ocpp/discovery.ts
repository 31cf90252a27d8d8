import type { ReadVariable } from '@voltway/store'
import type { CommandOutcome, JsonObject } from './station-gateway.ts'

/** What was learnt about a station. */
export interface Learnt {
  /** By the names of `Capabilities`. */
  readonly capabilities: JsonObject
  readonly variables: readonly ReadVariable[]
}
export type Discovery = (call: (action: string, payload: JsonObject) => Promise<CommandOutcome>) => Promise<Learnt>

/** What commands ask of a station's `capabilities`; what is missing is not known. */
export interface Capabilities {
  readonly maxStackLevel?: number
  readonly rateUnits?: readonly ('W' | 'A')[]
  readonly maxPeriods?: number
  readonly maxProfiles?: number
  readonly maxKeysPerRead?: number
  /** 1.6 feature profiles, or true for a 2.x component that is there. */
  readonly reservations?: boolean
  readonly smartCharging?: boolean
  /** Whether it can switch between three phases and one while a car charges. */
  readonly switchesPhases?: boolean
  /** Whether it can be told which phase that is; otherwise it is its first. */
  readonly choosesPhase?: boolean
}

const counted = (value: unknown) => (typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined)
const flagged = (value: unknown) => (typeof value === 'boolean' ? value : undefined)

/** Reads what the database kept; anything odd counts as not known. */
export function readCapabilities(kept: JsonObject): Capabilities {
  const { rateUnits } = kept
  const units = Array.isArray(rateUnits) ? rateUnits.filter((unit) => unit === 'W' || unit === 'A') : undefined
  const entries = {
    maxStackLevel: counted(kept.maxStackLevel),
    rateUnits: units?.length ? units : undefined,
    maxPeriods: counted(kept.maxPeriods),
    maxProfiles: counted(kept.maxProfiles),
    maxKeysPerRead: counted(kept.maxKeysPerRead),
    reservations: flagged(kept.reservations),
    smartCharging: flagged(kept.smartCharging),
    switchesPhases: flagged(kept.switchesPhases),
    choosesPhase: flagged(kept.choosesPhase),
  }
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined))
}

/** `true` and `false` in any case; anything else says nothing. */
export const readFlag = (text: string | undefined): boolean | undefined => ({ true: true, false: false })[text?.toLowerCase() ?? '']

/** Units as stations spell them: `Current`, `Power`, `A`, `W`, in any list. */
export function readRateUnits(text: string | undefined): readonly ('W' | 'A')[] | undefined {
  if (text === undefined) return undefined
  const names = text.toLowerCase().split(/[\s,;]+/)
  const units = [
    ...(names.some((name) => name === 'power' || name === 'w') ? (['W'] as const) : []),
    ...(names.some((name) => name === 'current' || name === 'a') ? (['A'] as const) : []),
  ]
  return units.length > 0 ? units : undefined
}
