import { once } from 'node:events'
import { WebSocket } from 'ws'

/** A CALLRESULT's payload, or a CALLERROR's code and description. */
export type Reply = { readonly result: Record<string, unknown> } | { readonly error: string; readonly description: string }
export interface HeardCall {
  readonly id: string
  readonly action: string
  readonly payload: Record<string, unknown>
}

export interface TestStation {
  readonly socket: WebSocket
  readonly call: (action: string, payload: unknown, id?: string) => Promise<Reply>
  /** Sends text as it is. */
  readonly sendRaw: (text: string) => void
  /** The next frame that is no answer to `call`. */
  readonly nextFrame: () => Promise<readonly unknown[]>
  /** The next CALL of the server. */
  readonly nextCall: () => Promise<HeardCall>
  readonly answer: (id: string, payload: object) => void
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  readonly close: () => Promise<void>
}

/** Longer than any answer takes on a busy machine: a test that waits in vain fails by itself, with what it waited for. */
const PATIENCE_MS = 60_000
const inTime = <Value>(
  what: string,
  begin: (resolve: (value: Value) => void) => void,
  giveUp: (resolve: (value: Value) => void) => void = () => {},
): Promise<Value> => {
  const promise = new Promise<Value>((resolve, reject) => {
    const timer = setTimeout(() => {
      giveUp(take)
      reject(new Error(`never came: ${what}`))
    }, PATIENCE_MS).unref()
    const take = (value: Value): void => {
      clearTimeout(timer)
      resolve(value)
    }
    begin(take)
  })
  // Some tests ask and do not care for the answer.
  promise.catch(() => {})
  return promise
}

/** A bare OCPP-J client on a real socket: knows frames, and nothing of Voltway. */
export async function connectStation(
  url: string,
  {
    protocol = 'ocpp1.6',
    authorization,
    localAddress,
  }: { protocol?: string; authorization?: string | undefined; localAddress?: string } = {},
): Promise<TestStation> {
  const socket = new WebSocket(url, protocol === '' ? [] : protocol.split(','), {
    perMessageDeflate: false,
    headers: authorization === undefined ? {} : { authorization },
    ...(localAddress && { localAddress }),
  })
  const waiting = new Map<string, (reply: Reply) => void>()
  const frames: (readonly unknown[])[] = []
  const readers: ((frame: readonly unknown[]) => void)[] = []
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  )
  socket.on('message', (data) => {
    const frame: readonly unknown[] = JSON.parse(data.toString())
    const [type, id, third, fourth] = frame
    const resolve = type === 2 ? undefined : waiting.get(String(id))
    if (resolve) {
      waiting.delete(String(id))
      resolve(type === 3 ? { result: third as Record<string, unknown> } : { error: String(third), description: String(fourth) })
      return
    }
    const reader = readers.shift()
    if (reader) reader(frame)
    else frames.push(frame)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('unexpected-response', (_, response) => {
      response.resume()
      reject(Object.assign(new Error(`refused with ${response.statusCode}`), { status: response.statusCode }))
    })
    socket.once('error', reject)
  })
  socket.on('error', () => {})
  let count = 0
  const nextFrame = () =>
    inTime<readonly unknown[]>(
      'a frame of the server',
      (resolve) => {
        const frame = frames.shift()
        if (frame) resolve(frame)
        else readers.push(resolve)
      },
      // What comes later is for whoever waits then.
      (resolve) => void readers.splice(readers.indexOf(resolve), 1),
    )
  return {
    socket,
    closed,
    call: (action, payload, id = `c${++count}`) =>
      inTime(`the answer to ${action} ${id}`, (resolve) => {
        waiting.set(id, resolve)
        socket.send(JSON.stringify([2, id, action, payload]))
      }),
    sendRaw: (text) => socket.send(text),
    nextFrame,
    nextCall: async () => {
      const [, id, action, payload] = await nextFrame()
      return { id: String(id), action: String(action), payload: payload as Record<string, unknown> }
    },
    answer: (id, payload) => socket.send(JSON.stringify([3, id, payload])),
    close: async () => {
      if (socket.readyState === WebSocket.CLOSED) return
      socket.close()
      await once(socket, 'close')
    },
  }
}

/** The payload of a reply that must be a CALLRESULT. */
export const resultOf = (reply: Reply): Record<string, unknown> => {
  if ('error' in reply) throw new Error(`${reply.error}: ${reply.description}`)
  return reply.result
}
/** The code of a reply that must be a CALLERROR. */
export const errorOf = (reply: Reply): string => {
  if ('result' in reply) throw new Error(`was answered: ${JSON.stringify(reply.result)}`)
  return reply.error
}
export const basic = (identity: string, password: string) => `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`
