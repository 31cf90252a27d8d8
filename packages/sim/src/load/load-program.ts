/** The load as a program, for a caller that needs it in a process of its own: arguments and output in `main.ts`. */
export const LOAD_PROGRAM: URL = new URL('./main.ts', import.meta.url)
