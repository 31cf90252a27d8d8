/** From now back over some days; the end is rounded up to the hour, so that the question stays the same for a while. */
export const lastDays = (days: number) => {
  const to = Temporal.Now.instant().round({ smallestUnit: 'hour', roundingMode: 'ceil' })
  return { from: to.subtract({ hours: 24 * days }).toString(), to: to.toString() }
}
