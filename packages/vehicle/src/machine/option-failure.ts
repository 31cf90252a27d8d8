/** What is wrong with an option, before any car has come. */
export interface OptionFailure {
  readonly code: 'evseId' | 'tariff'
  /** The option's name, with the part of it that is wrong. */
  readonly field: string
  /** For people; begins with the field. */
  readonly message: string
}
