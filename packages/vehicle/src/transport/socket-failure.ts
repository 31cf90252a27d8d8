/** What the system says of a socket. */
export interface SocketFailure {
  /** As the system names it: `EADDRINUSE`, `ENODEV`, `EACCES`. */
  readonly code: string
  readonly message: string
}

export const socketFailure = (error: unknown): SocketFailure => {
  if (!(error instanceof Error)) return { code: 'unknown', message: String(error) }
  return { code: 'code' in error ? String(error.code) : 'unknown', message: error.message }
}
