/** What the program's exit code says; shown by `voltway help`. */
export const EXIT = {
  /** Done. */
  done: 0,
  /** It was refused or failed: the message says why. */
  failed: 1,
  /** The command line or the configuration is wrong: nothing was tried. */
  usage: 2,
  /** The server could not be reached, or did not accept the API key. */
  unreachable: 3,
} as const

export const EXIT_MEANINGS: readonly (readonly [code: number, meaning: string])[] = [
  [EXIT.done, 'done'],
  [EXIT.failed, 'failed or refused; the message says why'],
  [EXIT.usage, 'wrong command line or configuration; nothing was tried'],
  [EXIT.unreachable, 'the server could not be reached or did not accept the API key'],
]
