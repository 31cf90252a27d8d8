import type { EpochMs } from '@voltway/units'

/** A car asks every 250 ms while it searches: one that was silent for so long searches anew. Milliseconds. */
const SILENCE = 2_000

/**
 * Since when the car that comes next has searched: the first that a station hears of a set-up, where nobody tells it of the data link.
 */
export const searchOfCar = () => {
  let search: { readonly since: EpochMs; readonly asked: EpochMs } | undefined
  return {
    since: (): EpochMs | undefined => search?.since,
    asked: (at: EpochMs): void => {
      search = { since: search !== undefined && at - search.asked < SILENCE ? search.since : at, asked: at }
    },
    /** What is asked from now on belongs to another set-up. */
    forget: (): void => {
      search = undefined
    },
  }
}
