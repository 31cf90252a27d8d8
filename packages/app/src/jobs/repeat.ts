import type { Clock, Milliseconds } from '@voltway/units'

export interface Repeating {
  /** Takes no more turns and waits for the one that runs. */
  readonly end: () => Promise<void>
}

/** Does something now and then, one turn at a time; a turn that fails is told of and the next comes all the same. */
export function repeat(
  clock: Pick<Clock, 'after'>,
  every: Milliseconds,
  { turn, onError }: { readonly turn: () => Promise<void>; readonly onError: (error: unknown) => void },
): Repeating {
  let ended = false
  let cancel = () => {}
  const take = async () => {
    await turn().catch(onError)
    if (ended) return
    cancel = clock.after(every, () => {
      running = take()
    })
  }
  let running = take()
  return {
    end: async () => {
      ended = true
      cancel()
      await running
    },
  }
}
