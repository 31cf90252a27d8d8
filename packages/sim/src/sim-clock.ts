import type { Clock, EpochMs } from '@voltway/units'

/** A clock of the simulated world. Networks keep the real one: an answer takes its milliseconds at any rate. */
export interface SimClock extends Clock {
  /** Simulated seconds per real one; Infinity for a clock that jumps. */
  readonly rate: () => number
  readonly setRate: (rate: number) => void
  /** Keeps a jumping clock where it is until the answer is called; nothing on clocks that run by themselves. */
  readonly hold: () => () => void
}

/** Resolves when the clock reaches an instant; at once when it is past. */
export const reach = (clock: Clock, instant: EpochMs): Promise<void> =>
  new Promise((resolve) => {
    clock.after((instant - clock.now()) as Parameters<Clock['after']>[0], resolve)
  })

/** For a server beside a replay: reads the replay's time, but waits in real time, so that its timeouts do not jump. */
export const readingTimeOf = (time: Clock, base: Clock): Clock => ({ now: time.now, after: base.after })
