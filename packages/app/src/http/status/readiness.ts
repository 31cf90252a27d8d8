/** This process among those on its database, as `/readyz` shows it. */
export interface Readiness {
  readonly node: string
  /** Why nothing new is to be sent here; undefined while it may. */
  readonly refusal: string | undefined
}
