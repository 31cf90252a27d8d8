import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { Credentials } from '../../bench/ocpp/seed.ts'
import type { Book } from './book.ts'

/** A CALL, and the facts that are to be found once it is answered. */
export interface Message {
  readonly action: string
  readonly payload: object
  readonly facts: readonly string[]
}

/** Tells a message until it is answered: over as many links, and under as many ids, as that takes. */
export type Tell = (message: Message) => Promise<Readonly<Record<string, unknown>>>

export interface LinkPlan {
  readonly url: string
  readonly protocol: 'ocpp1.6' | 'ocpp2.0.1'
  readonly credentials: Credentials
  readonly book: Book
  /** In [0, 1): spreads the reconnects. */
  readonly random: () => number
  readonly isOver: () => boolean
}

export class Over extends Error {}

const ANSWER_WITHIN = 20_000

const open = async ({ url, protocol, credentials: { identity, password } }: LinkPlan): Promise<WebSocket | undefined> => {
  const authorization = `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`
  const socket = new WebSocket(url + encodeURIComponent(identity), protocol, {
    headers: { authorization },
    perMessageDeflate: false,
    handshakeTimeout: ANSWER_WITHIN,
  })
  const failed = new Promise<undefined>((resolve) => {
    socket.on('error', () => resolve(undefined))
    socket.on('close', () => resolve(undefined))
  })
  const opened = once(socket, 'open').then(
    () => socket,
    () => undefined,
  )
  return Promise.race([opened, failed])
}

type Answer = readonly [type: number, id: string, ...rest: unknown[]]

/** The answer to one CALL, or undefined when the link broke before it came. */
const call = (socket: WebSocket, frame: string, id: string) =>
  new Promise<Answer | undefined>((resolve) => {
    const end = (answer: Answer | undefined) => {
      clearTimeout(timer)
      socket.off('message', onMessage)
      socket.off('close', onClose)
      resolve(answer)
    }
    const onClose = () => end(undefined)
    const onMessage = (data: WebSocket.RawData) => {
      const answer: Answer = JSON.parse(data.toString())
      // What the platform asks meanwhile: this station can do none of it.
      if (answer[0] === 2) socket.send(JSON.stringify([4, answer[1], 'NotSupported', '', {}]))
      else if (answer[1] === id) end(answer)
    }
    const timer = setTimeout(() => socket.terminate(), ANSWER_WITHIN)
    socket.on('message', onMessage)
    socket.on('close', onClose)
    socket.send(frame)
  })

/** A station's side of its link. It comes back after every break, and sends what was not answered again, as real stations do. */
export const stationLink = (plan: LinkPlan): { readonly tell: Tell; readonly close: () => void } => {
  const { book, random, isOver, credentials } = plan
  let socket: WebSocket | undefined
  let lastId = 0

  const connected = async (): Promise<WebSocket> => {
    while (socket?.readyState !== WebSocket.OPEN) {
      if (isOver()) throw new Over()
      socket = await open(plan)
      if (socket === undefined) await wait(20 + random() * 80)
    }
    return socket
  }
  const tell: Tell = async ({ action, payload, facts }) => {
    for (;;) {
      const link = await connected()
      const id = `${credentials.identity}-${++lastId}`
      for (const fact of facts) book.sent.add(fact)
      const answer = await call(link, JSON.stringify([2, id, action, payload]), id)
      if (answer?.[0] === 3) {
        for (const fact of facts) book.acknowledged.add(fact)
        return answer[2] as Readonly<Record<string, unknown>>
      }
      // The database may be gone a moment before the server is: it says so, and the station tries again.
      if (answer !== undefined && answer[2] !== 'InternalError') throw new Error(`${action} was refused: ${JSON.stringify(answer)}`)
      if (answer !== undefined) await wait(20)
    }
  }
  return { tell, close: () => socket?.terminate() }
}
