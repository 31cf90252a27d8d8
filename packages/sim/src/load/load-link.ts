import type { Clock, EpochMs } from '@voltway/units'
import { epochMs } from '@voltway/units'
import type { OcppVersion } from '@voltway/wire/ocpp'
import { WebSocket } from 'ws'
import { kindOf, type LoadFact, type MakeFrame } from './frames.ts'

export interface LoadLinkOptions {
  readonly url: string
  readonly identity: string
  readonly password: string | undefined
  readonly version: OcppVersion
  readonly frames: MakeFrame
  readonly clock: Clock
  /** The station's time of its first fact; each next one is a second later. */
  readonly firstAt: EpochMs
  /** False when this link has had enough. */
  readonly mayCall: () => boolean
  readonly acknowledged: (fact: LoadFact, latencyMs: number) => void
  /** Milliseconds since anywhere, with fractions. */
  readonly stopwatch: () => number
}
export interface LoadLinkResult {
  /** CALLs that were sent and never answered. */
  readonly unanswered: number
  readonly refused: number
  readonly firstRefusal: string | undefined
  /** Why the link ended: 'done' or what the network said. */
  readonly end: string
}

const BOOT: Readonly<Record<OcppVersion, object>> = {
  'ocpp1.6': { chargePointVendor: 'Voltway Works', chargePointModel: 'Load' },
  'ocpp2.0.1': { reason: 'PowerUp', chargingStation: { vendorName: 'Voltway Works', model: 'Load' } },
}

/** One link with one CALL in flight, as lean as can be: what is measured is the server. */
export function runLoadLink(options: LoadLinkOptions): Promise<LoadLinkResult> {
  const { url, identity, password, version, frames, stopwatch } = options
  const basic = `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`
  const socket = new WebSocket(`${url}/${encodeURIComponent(identity)}`, [version], {
    perMessageDeflate: false,
    ...(password !== undefined && { headers: { authorization: basic } }),
  })
  const transactionId = version === 'ocpp1.6' ? undefined : `load-${identity}-${options.firstAt}`.slice(0, 36)
  let [sequence, refused] = [0, 0]
  let flying: { readonly id: string; readonly fact: LoadFact | undefined; readonly sentAt: number } | undefined
  let firstRefusal: string | undefined
  let end = 'done'

  const call = (fact: LoadFact | undefined, { action, payload }: ReturnType<MakeFrame>): void => {
    const id = `${identity.slice(-20)}-${sequence}`
    flying = { id, fact, sentAt: stopwatch() }
    socket.send(JSON.stringify([2, id, action, payload]))
  }
  const next = (): void => {
    if (!options.mayCall()) {
      socket.close(1000)
      return
    }
    const occurredAt = epochMs(options.firstAt + sequence * 1000)
    const fact: LoadFact = { identity, kind: kindOf(version), sequence, occurredAt, registerWh: 1_000 + sequence * 3, transactionId }
    sequence += 1
    call(fact, frames(fact))
  }
  return new Promise((resolve) => {
    socket.on('open', () => call(undefined, { action: 'BootNotification', payload: BOOT[version] }))
    socket.on('message', (data) => {
      const text = data.toString()
      const [type, id]: unknown[] = JSON.parse(text)
      if (type === 2) socket.send(JSON.stringify([4, id, 'NotImplemented', '', {}])) // the server's own wishes are not met here
      if (!flying || id !== flying.id) return
      const { fact, sentAt } = flying
      flying = undefined
      if (type === 4) {
        refused += 1
        firstRefusal ??= text
      } else if (fact) options.acknowledged(fact, stopwatch() - sentAt)
      next()
    })
    socket.on('error', (error) => {
      end = error.message
    })
    socket.on('close', (code) => {
      if (code !== 1000 && end === 'done') end = `closed with ${code}`
      resolve({ unanswered: flying ? 1 : 0, refused, firstRefusal, end })
    })
  })
}
