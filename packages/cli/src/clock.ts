/** Starts a watch; the answer reads how many milliseconds have passed, to the microsecond. The program's only reading of the time. */
export const stopwatch = (): (() => number) => {
  const began = performance.now()
  return () => Math.round((performance.now() - began) * 1_000) / 1_000
}
