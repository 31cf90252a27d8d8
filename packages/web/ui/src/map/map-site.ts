export interface MapSite {
  readonly id: string
  readonly name: string
  readonly latitude: number
  readonly longitude: number
  /** What the pin says, such as `3/8` free. */
  readonly label: string
  /** Token name of the pin's colour: available, charging, faulted, offline, reserved, suspended. */
  readonly colour: string
}
