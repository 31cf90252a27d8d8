import { type Clock, milliseconds } from '@voltway/units'
import type { Socket } from './socket.ts'

export interface PingOptions {
  readonly network: Clock
  /** Real seconds, asked anew for each ping; 0 is never. */
  readonly pingSeconds: () => number
}
export interface Pings {
  readonly pong: () => void
  readonly stop: () => void
}
export const noPings: Pings = { pong: () => {}, stop: () => {} }

/** Pings a line and cuts it when a ping stays without pong until the next one is due. */
export function pingLine(line: Socket, { network, pingSeconds }: PingOptions): Pings {
  let awaitsPong = false
  let cancel = () => {}
  const ping = (): void => {
    const seconds = pingSeconds()
    if (seconds <= 0) return
    awaitsPong = true
    line.ping()
    cancel = network.after(milliseconds(seconds * 1000), () => (awaitsPong ? line.cut() : ping()))
  }
  ping()
  return {
    pong: () => {
      awaitsPong = false
    },
    stop: () => cancel(),
  }
}
