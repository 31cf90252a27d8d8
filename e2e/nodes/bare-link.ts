import { once } from 'node:events'
import { WebSocket } from 'ws'

export interface BareLink {
  readonly socket: WebSocket
  readonly call: (action: string, payload: object) => Promise<unknown>
  /** Answers the CALLs of the server from now on; undefined leaves one without an answer. */
  readonly answerWith: (answer: (action: string) => object | undefined) => void
  readonly closed: Promise<number>
}

export interface Caller {
  readonly identity: string
  readonly password: string
}

/** Opens a link of a 1.6 station that does what a test says. @returns the HTTP status when it is refused */
export const openLink = async (port: number, { identity, password }: Caller): Promise<BareLink | number> => {
  const authorization = `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ocpp/${identity}`, 'ocpp1.6', {
    headers: { authorization },
    perMessageDeflate: false,
  })
  const refused = once(socket, 'unexpected-response').then(([, response]) => (response as { readonly statusCode: number }).statusCode)
  refused.catch(() => undefined)
  const opened = once(socket, 'open').then(() => undefined)
  const status = await Promise.race([opened, refused])
  if (status !== undefined) {
    socket.on('error', () => {})
    socket.terminate()
    return status
  }
  const waiting = new Map<string, (payload: unknown) => void>()
  let answer: (action: string) => object | undefined = () => ({ status: 'Accepted' })
  let last = 0
  socket.on('error', () => {})
  socket.on('message', (data) => {
    const [type, id, ...rest]: readonly [number, string, ...unknown[]] = JSON.parse(data.toString())
    if (type !== 2) return waiting.get(id)?.(rest[0])
    const payload = answer(String(rest[0]))
    if (payload) socket.send(JSON.stringify([3, id, payload]))
  })
  return {
    socket,
    closed: once(socket, 'close').then(([code]) => Number(code)),
    call: (action, payload) =>
      new Promise((resolve) => {
        waiting.set(String(++last), resolve)
        socket.send(JSON.stringify([2, String(last), action, payload]))
      }),
    answerWith: (work) => {
      answer = work
    },
  }
}

/** The same, of a station that is let in and has booted. @throws Error when it is refused */
export const bootedLink = async (port: number, caller: Caller): Promise<BareLink> => {
  const link = await openLink(port, caller)
  if (typeof link === 'number') throw new Error(`${caller.identity} was refused with ${link}`)
  await link.call('BootNotification', { chargePointVendor: 'Volt', chargePointModel: 'One' })
  return link
}
