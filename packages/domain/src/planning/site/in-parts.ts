const LENGTH = 512

/**
 * Runs over a long list in stretches. In a process that has only begun, V8 compiles a function that is called again well before it
 * replaces a loop that is still running, and a first plan of 10,000 cars is mostly such loops.
 */
export const inParts = (count: number, part: (from: number, to: number) => void): void => {
  for (let from = 0; from < count; from += LENGTH) part(from, Math.min(count, from + LENGTH))
}
