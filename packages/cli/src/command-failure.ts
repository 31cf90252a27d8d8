import { EXIT } from './exit-codes.ts'

/** A failure that is shown to a person as it is: what went wrong, what to do, and the exit code. */
export class CommandFailure extends Error {
  readonly advice: string | undefined
  readonly exitCode: number

  constructor(message: string, advice?: string, exitCode: number = EXIT.failed) {
    super(message)
    this.advice = advice
    this.exitCode = exitCode
  }
}
