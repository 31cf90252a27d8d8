import { setTimeout } from 'node:timers/promises'

/** Waits in real time for another process of this machine to move on: the injected clock may stand still or run fast. */
export const pause = (milliseconds: number) => setTimeout(milliseconds)
