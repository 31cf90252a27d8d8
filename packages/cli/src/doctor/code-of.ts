/** The system's short name of what went wrong, as EACCES; the error's own words where it has none. */
export const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error))
