import type { RandomBytes } from '@voltway/units'
import type { Capabilities } from '../discovery.ts'
import type { IntentKind, IntentOf, IntentOutcome, JsonObject } from '../station-gateway.ts'

export interface WireCall {
  readonly action: string
  readonly payload: JsonObject
}
export interface CommandContext {
  readonly capabilities: Capabilities
  readonly random: RandomBytes
}

/** One intent in the words of one version. */
export interface IntentCommand<Kind extends IntentKind = IntentKind> {
  /** A refusal where the version, or this station, has no word for it. */
  readonly toCall: (intent: IntentOf<Kind>, context: CommandContext) => WireCall | { readonly refused: string }
  /** What the station's answer means; it was validated. */
  readonly read: (response: JsonObject) => IntentOutcome
}
export type IntentCommands = { readonly [Kind in IntentKind]: IntentCommand<Kind> }

/** Most answers say `status`, and anything but these words is a refusal. */
export const acceptedWhen =
  (...words: readonly string[]) =>
  ({ status, statusInfo }: JsonObject): IntentOutcome => {
    if (typeof status === 'string' && words.includes(status)) return { accepted: true }
    const reason =
      typeof statusInfo === 'object' && statusInfo !== null && 'reasonCode' in statusInfo
        ? `${String(status)}: ${String(statusInfo.reasonCode)}`
        : String(status)
    return { accepted: false, reason }
  }
