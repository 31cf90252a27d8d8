/** One entry of SupportedAppProtocol. */
export interface AppProtocol {
  readonly namespace: string
  readonly major: number
  readonly minor: number
}
