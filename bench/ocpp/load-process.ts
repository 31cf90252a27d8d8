// The load: many links from one process, with one CALL in flight on each.
import { once } from 'node:events'
import type { OcppVersion } from '@voltway/wire/ocpp'
import { WebSocket } from 'ws'
import { serveParent } from './child.ts'
import { bootFrame, type Course, measuredFrame, startFrame } from './frames.ts'
import type { Credentials } from './seed.ts'
import { quantile } from './statistics.ts'

export interface LinksToOpen {
  readonly name: string
  readonly version: OcppVersion
  /** Up to the station's identity. */
  readonly url: string
  readonly stations: readonly Credentials[]
  /** Whether the peer is a central system that wants a BootNotification first. */
  readonly boots: boolean
}
export interface Round {
  readonly seconds: number
  readonly acknowledged: number
  /** Answers that were none, with the first one's text. */
  readonly refused: number
  readonly refusal: string | undefined
  /** Milliseconds from sending a CALL to its answer. */
  readonly p50: number
  readonly p99: number
}

interface OpenLink {
  readonly socket: WebSocket
  /** Takes the answer to the CALL that is in flight. */
  onReply: (frame: string) => void
}
interface OpenLinks {
  readonly version: OcppVersion
  readonly links: readonly OpenLink[]
}

const ATONCE = 64
const open = new Map<string, OpenLinks>()
let frames: readonly (readonly string[])[] = []
let courses: Course[] = []
let lastId = 0
const nextId = () => `m${++lastId}`

const openLink = async ({ url, version }: LinksToOpen, { identity, password }: Credentials): Promise<OpenLink> => {
  const authorization = `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`
  const socket = new WebSocket(url + encodeURIComponent(identity), version, { headers: { authorization }, perMessageDeflate: false })
  const link: OpenLink = { socket, onReply: () => {} }
  socket.on('message', (data) => {
    const frame = data.toString()
    // The platform asks things too; this station can do none of them.
    if (frame.startsWith('[2,') && !frame.startsWith('[2,"m')) {
      const [, id] = JSON.parse(frame) as [number, string]
      socket.send(JSON.stringify([4, id, 'NotSupported', '', {}]))
    } else link.onReply(frame)
  })
  await once(socket, 'open')
  socket.on('error', () => {})
  return link
}

/** One CALL and its answer. */
const ask = (link: OpenLink, frame: string) =>
  new Promise<string>((resolve) => {
    link.onReply = resolve
    link.socket.send(frame)
  })

const booted = async (link: OpenLink, version: OcppVersion) => {
  const answer = await ask(link, bootFrame(version, nextId()))
  if (!answer.includes('"Accepted"')) throw new Error(`a station was not accepted: ${answer}`)
}

const linksOf = (name: string): OpenLinks => {
  const found = open.get(name)
  if (!found) throw new Error(`there are no links named ${name}`)
  return found
}

/** Sends one link's frames, each after the answer to the one before. */
const sendAll = (link: OpenLink, mine: readonly string[], onAnswer: (answer: string, frame: string, milliseconds: number) => void) =>
  new Promise<void>((resolve, reject) => {
    let at = 0
    let sentAt = 0
    const closed = (code: number) => reject(new Error(`a link was closed with ${code} while it was measured`))
    const next = () => {
      const frame = mine[at]
      if (frame === undefined) {
        link.socket.off('close', closed)
        return resolve()
      }
      sentAt = performance.now()
      link.socket.send(frame)
    }
    link.socket.once('close', closed)
    link.onReply = (answer) => {
      onAnswer(answer, mine[at]!, performance.now() - sentAt)
      at++
      next()
    }
    next()
  })

/** `[2,"m17",...` -> `,"m17"`: both a CALL's and its answer's second element. */
const idOf = (frame: string) => frame.slice(2, frame.indexOf('"', 4) + 1)

const calls = {
  connect: async (plan: LinksToOpen) => {
    const links: OpenLink[] = []
    const began = performance.now()
    for (let from = 0; from < plan.stations.length; from += ATONCE) {
      const some = plan.stations.slice(from, from + ATONCE)
      const opened = await Promise.all(some.map((station) => openLink(plan, station)))
      if (plan.boots) await Promise.all(opened.map((link) => booted(link, plan.version)))
      links.push(...opened)
    }
    open.set(plan.name, { version: plan.version, links })
    return { seconds: (performance.now() - began) / 1000 }
  },
  disconnect: async (name: string) => {
    const { links } = linksOf(name)
    open.delete(name)
    await Promise.all(
      links.map(async ({ socket }) => {
        const closed = once(socket, 'close')
        socket.close(1000)
        await closed
      }),
    )
  },
  /** Begins one transaction on each link, `secondsAgo` by the stations' clocks. */
  begin: async ({ name, card, secondsAgo }: { readonly name: string; readonly card: string; readonly secondsAgo: number }) => {
    const { version, links } = linksOf(name)
    const at = Date.now() - secondsAgo * 1000
    courses = await Promise.all(
      links.map(async (link, index) => {
        const start = { at, idToken: card, transactionId: `bench-${index}` }
        const answer = await ask(link, startFrame(version, nextId(), start))
        if (!answer.startsWith('[3,')) throw new Error(`a transaction could not begin: ${answer}`)
        const { transactionId } = (JSON.parse(answer) as [number, string, { readonly transactionId?: number }])[2]
        return { transactionId: String(transactionId ?? start.transactionId), at: at + 1_000, registerWh: 0, seqNo: 1 }
      }),
    )
  },
  /** Writes the frames of the next round: both arms are sent the same ones. */
  prepare: async ({ name, count }: { readonly name: string; readonly count: number }) => {
    const { version } = linksOf(name)
    frames = courses.map((course) => Array.from({ length: count }, () => measuredFrame(version, nextId(), course)))
    return { bytes: frames[0]?.[0]?.length ?? 0 }
  },
  round: async (name: string): Promise<Round> => {
    const { links } = linksOf(name)
    const latencies: number[] = []
    let refused = 0
    let refusal: string | undefined
    const expected = name === 'echo' ? '[2' : '[3'
    const began = performance.now()
    await Promise.all(
      links.map((link, index) =>
        sendAll(link, frames[index] ?? [], (answer, frame, milliseconds) => {
          latencies.push(milliseconds)
          if (answer.startsWith(expected + idOf(frame))) return
          refused++
          refusal ??= answer
        }),
      ),
    )
    const seconds = (performance.now() - began) / 1000
    const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)]
    return { seconds, acknowledged: latencies.length - refused, refused, refusal, p50, p99 }
  },
}
export type LoadCalls = typeof calls

serveParent(calls, async () => {
  for (const { links } of open.values()) for (const { socket } of links) socket.terminate()
})
