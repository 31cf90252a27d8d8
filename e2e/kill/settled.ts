import { setTimeout as wait } from 'node:timers/promises'
import type { KilledRows } from './read-rows.ts'

const BILLED_WITHIN = 90_000

/** What is left to do gets done: every ended session is billed, every command has ended. */
export const settled = async (rows: KilledRows) => {
  const deadline = performance.now() + BILLED_WITHIN
  let unfinished = await rows.unfinished()
  while ((unfinished.unbilled > 0 || unfinished.commands > 0) && performance.now() < deadline) {
    await wait(500)
    unfinished = await rows.unfinished()
  }
  return unfinished
}
