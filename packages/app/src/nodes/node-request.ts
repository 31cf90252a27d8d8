import type { CommandOutcome, IntentOutcome, JsonObject, StationIntent, StationTarget } from '../ocpp/station-gateway.ts'

interface OfLink {
  readonly target: StationTarget
  /** The link that is meant: a later one is another. */
  readonly epoch: number
}

/** What one node asks of the one that holds a station's link. */
export type NodeRequest =
  | ({
      readonly kind: 'call'
      readonly action: string
      readonly payload: JsonObject
      readonly requestedBy: string
      readonly timeoutMs: number | undefined
    } & OfLink)
  | ({ readonly kind: 'perform'; readonly intent: StationIntent; readonly requestedBy: string } & OfLink)
  /** Another link wants this one's place: does its station still answer? */
  | ({ readonly kind: 'probe' } & OfLink)
  /** A link of this epoch, on another node, has the place of those before it. */
  | ({ readonly kind: 'replaced' } & OfLink)

export type NodeAnswer =
  | { readonly kind: 'called'; readonly outcome: CommandOutcome }
  | { readonly kind: 'performed'; readonly outcome: IntentOutcome }
  | { readonly kind: 'alive' }
  /** This link is not here, or no longer. */
  | { readonly kind: 'gone' }
