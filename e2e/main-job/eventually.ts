import { setTimeout as pause } from 'node:timers/promises'

const LOOK_EVERY_MS = 250

/**
 * Asks again until the answer is the one waited for.
 * @throws Error with the last answer when it does not come in time
 */
export const eventually = async <Value>(
  read: () => Promise<Value>,
  isIt: (value: Value) => boolean,
  { what, withinMs = 45_000 }: { readonly what: string; readonly withinMs?: number },
): Promise<Value> => {
  const until = Date.now() + withinMs
  for (;;) {
    const value = await read()
    if (isIt(value)) return value
    if (Date.now() > until) throw new Error(`${what}: not within ${withinMs / 1000} s; last seen ${JSON.stringify(value)}`)
    await pause(LOOK_EVERY_MS)
  }
}
