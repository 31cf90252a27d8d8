import { appendFileSync } from 'node:fs'

/** Adds lines of the SSLKEYLOGFILE format to a file only its owner can read; nothing where no file is named. */
export const keyLogTo = (file: string | undefined): { readonly onKeyLog?: (line: string) => void } =>
  // Written before the handshake goes on: a capture without its last keys cannot be read.
  file === undefined ? {} : { onKeyLog: (line) => appendFileSync(file, line, { mode: 0o600 }) }
