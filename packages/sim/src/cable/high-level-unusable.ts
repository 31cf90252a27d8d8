import type { OptionFailure } from '@voltway/vehicle'

/** A station that no car could talk with as it is configured. */
export class HighLevelUnusable extends Error {
  readonly code: OptionFailure['code']
  readonly field: string
  constructor({ code, field, message }: OptionFailure) {
    super(message)
    this.code = code
    this.field = field
  }
}
