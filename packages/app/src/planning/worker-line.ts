import { parentPort, Worker } from 'node:worker_threads'
import { type Clock, fail, type Milliseconds, ok, type Result, SECOND } from '@voltway/units'
import type { Log } from '../log.ts'

/** Why a question has no answer. */
export type LineFailure =
  | { readonly code: 'busy'; readonly waiting: number }
  | { readonly code: 'timeLimit'; readonly afterMs: number }
  | { readonly code: 'crashed'; readonly error: string }
  | { readonly code: 'closed' }

/** What goes to a worker and comes back: pure data. */
interface Asked<Request> {
  readonly id: number
  readonly request: Request
}
interface Answered<Answer> {
  readonly id: number
  readonly answer: Answer
}

/** A worker thread and those who wait for it. */
export interface WorkerLine<Request> {
  /** The type of the answer is the program's word. */
  readonly ask: <Answer>(request: Request) => Promise<Result<Answer, LineFailure>>
  readonly close: () => Promise<void>
}

/** What every line needs of the process. */
export interface LineParts {
  /** Real time: the time limit is that of the machine. */
  readonly clock: Pick<Clock, 'after'>
  readonly log: Pick<Log, 'warn'>
  readonly timeLimit?: Milliseconds
  /** The worker's program. */
  readonly entry?: URL
}
export interface LineOptions extends LineParts {
  readonly entry: URL
  /** For the log, what could not be done. */
  readonly failed: string
  /** Who comes when so many wait, the one being answered among them, is refused; everybody waits when left out. */
  readonly mostWaiting?: number
}

const TIME_LIMIT = (10 * SECOND) as Milliseconds

/**
 * A worker thread that answers one question after the other, started with the first. An answer that takes too long, or a worker that
 * crashes, is an answer like any other; the next question has a new worker.
 */
export const createWorkerLine = <Request>(options: LineOptions): WorkerLine<Request> => {
  const { clock, log, entry, failed, timeLimit = TIME_LIMIT, mostWaiting = Number.POSITIVE_INFINITY } = options
  let worker: Worker | undefined
  let closed = false
  let lastId = 0
  let waiting = 0
  let line: Promise<unknown> = Promise.resolve()

  const drop = (which: Worker) => {
    if (worker === which) worker = undefined
    void which.terminate()
  }
  const send = <Answer>(request: Request): Promise<Result<Answer, LineFailure>> => {
    if (closed) return Promise.resolve(fail({ code: 'closed' }))
    const used = worker ?? new Worker(entry)
    worker = used
    used.ref()
    lastId += 1
    const asked: Asked<Request> = { id: lastId, request }
    return new Promise((resolve) => {
      const end = (result: Result<Answer, LineFailure>) => {
        cancel()
        for (const [name, listener] of Object.entries(listeners)) used.off(name, listener)
        used.unref()
        if (!result.ok) {
          log.warn(failed, { failure: result.failure })
          drop(used)
        }
        resolve(result)
      }
      const listeners = {
        message: ({ id, answer }: Answered<Answer>) => {
          if (id === asked.id) end(ok(answer))
        },
        error: (error: unknown) => end(fail({ code: 'crashed', error: String(error) })),
        exit: (code: number) => end(fail(closed ? { code: 'closed' } : { code: 'crashed', error: `the worker ended with ${code}` })),
      }
      const cancel = clock.after(timeLimit, () => end(fail({ code: 'timeLimit', afterMs: timeLimit })))
      for (const [name, listener] of Object.entries(listeners)) used.on(name, listener)
      used.postMessage(asked)
    })
  }

  return {
    ask: <Answer>(request: Request) => {
      if (waiting >= mostWaiting) return Promise.resolve(fail({ code: 'busy', waiting }))
      waiting += 1
      const answered = line
        .then(() => send<Answer>(request))
        .finally(() => {
          waiting -= 1
        })
      line = answered.catch(() => undefined)
      return answered
    },
    close: async () => {
      closed = true
      await worker?.terminate()
      await line
    },
  }
}

/** The worker's side of a line. */
export const serveLine = <Request>(answerTo: (request: Request) => unknown): void => {
  parentPort?.on('message', ({ id, request }: Asked<Request>) => {
    const answered: Answered<unknown> = { id, answer: answerTo(request) }
    parentPort?.postMessage(answered)
  })
}
