import { WebSocket } from 'ws'

/** A CALLRESULT's payload, or a CALLERROR's code. */
export type Reply = { readonly result: Readonly<Record<string, unknown>> } | { readonly error: string }

export interface StationLink {
  readonly socket: WebSocket
  /** A CALL and its answer; rejects when there is none within ten seconds or the link ends. */
  readonly call: (action: string, payload: unknown, id?: string) => Promise<Reply>
  /** Sends text as it is, and resolves with the next frame that is no answer to `call`. */
  readonly say: (text: string) => Promise<readonly unknown[]>
  /** Sends text as it is. */
  readonly send: (data: string | Buffer) => void
  /** What the server asked of this station so far; answered with NotSupported. */
  readonly asked: string[]
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  readonly close: () => Promise<void>
}

export interface LinkWish {
  readonly port: number
  readonly identity: string
  readonly password?: string
  /** The path behind `/ocpp/`, when it is not the identity. */
  readonly path?: string
  readonly protocol?: string
  readonly username?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly from?: string
}

/** The upgrade was answered with this status instead of 101. */
export class Refused extends Error {
  readonly status: number
  readonly text: string
  constructor(status: number, text: string) {
    super(`refused with ${status}: ${text}`)
    this.status = status
    this.text = text
  }
}

const ANSWER_WITHIN = 10_000

const within = <Value>(promise: Promise<Value>, what: string) => {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`${what} was not answered`)), ANSWER_WITHIN)
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer))
}

const opened = (socket: WebSocket) =>
  new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
    socket.once('unexpected-response', (_, response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => {
        text += chunk
      })
      response.on('end', () => reject(new Refused(response.statusCode ?? 0, text)))
    })
  })

const frameOf = (data: WebSocket.RawData): readonly unknown[] => JSON.parse(data.toString())

/** A bare OCPP-J client: knows frames and nothing of Voltway. @throws Refused */
export const openLink = async (wish: LinkWish): Promise<StationLink> => {
  const { port, identity, protocol = 'ocpp1.6', username = identity, password, from } = wish
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const socket = new WebSocket(
    `ws://127.0.0.1:${port}/ocpp/${wish.path ?? encodeURIComponent(identity)}`,
    protocol === '' ? [] : protocol.split(','),
    {
      perMessageDeflate: false,
      headers: { ...(password !== undefined && { authorization }), ...wish.headers },
      ...(from && { localAddress: from }),
    },
  )
  const waiting = new Map<string, PromiseWithResolvers<Reply>>()
  const frames: (readonly unknown[])[] = []
  const readers: ((frame: readonly unknown[]) => void)[] = []
  const asked: string[] = []
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => {
      for (const { reject } of waiting.values()) reject(new Error(`closed with ${code} ${reason}`))
      resolve({ code, reason: reason.toString() })
    }),
  )
  socket.on('message', (data) => {
    const [type, id, third] = frameOf(data)
    if (type === 2) {
      asked.push(String(third))
      return socket.send(JSON.stringify([4, id, 'NotSupported', '', {}]))
    }
    const call = waiting.get(String(id))
    waiting.delete(String(id))
    if (call) return call.resolve(type === 3 ? { result: third as Readonly<Record<string, unknown>> } : { error: String(third) })
    const reader = readers.shift()
    if (reader) reader(frameOf(data))
    else frames.push(frameOf(data))
  })
  await within(opened(socket), 'the upgrade')
  socket.on('error', () => {})
  let count = 0
  return {
    socket,
    closed,
    asked,
    call: (action, payload, id = `c${++count}`) => {
      const answer = Promise.withResolvers<Reply>()
      waiting.set(id, answer)
      socket.send(JSON.stringify([2, id, action, payload]))
      return within(answer.promise, action)
    },
    send: (data) => socket.send(data),
    say: (text) => {
      socket.send(text)
      const frame = frames.shift()
      if (frame) return Promise.resolve(frame)
      return within(new Promise<readonly unknown[]>((resolve) => readers.push(resolve)), text.slice(0, 60))
    },
    close: async () => {
      socket.close()
      await within(closed, 'the close')
    },
  }
}

/** The payload of a reply that must be a CALLRESULT. */
export const resultOf = (reply: Reply): Readonly<Record<string, unknown>> => {
  if ('error' in reply) throw new Error(`was refused with ${reply.error}`)
  return reply.result
}
/** The code of a reply that must be a CALLERROR. */
export const errorOf = (reply: Reply): string => {
  if ('result' in reply) throw new Error(`was answered with ${JSON.stringify(reply.result)}`)
  return reply.error
}
/** What an upgrade that must be refused is refused with. */
export const refusalOf = async (link: Promise<StationLink>): Promise<Refused> => {
  try {
    const { socket } = await link
    socket.terminate()
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
  throw new Error('the upgrade was let in')
}
