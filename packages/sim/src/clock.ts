import { type Clock, epochMs } from '@voltway/units'

const LONGEST_TIMER = 2_147_483_647

/** The machine's own clock: the only file of the simulator that reads it. */
export const systemClock: Clock = {
  now: () => epochMs(Date.now()),
  after: (duration, callback) => {
    let timer: NodeJS.Timeout
    const arm = (left: number): void => {
      const step = Math.min(left, LONGEST_TIMER)
      timer = setTimeout(() => (left > step ? arm(left - step) : callback()), step)
    }
    arm(Math.max(0, duration))
    return () => clearTimeout(timer)
  },
}

/** Calls back when everything that is ready now (promises, sockets) had its turn. */
export const nextTurn = (callback: () => void): void => {
  setImmediate(callback)
}

/** Milliseconds since anywhere, with fractions: for latencies only. */
export const systemStopwatch = (): number => performance.now()
