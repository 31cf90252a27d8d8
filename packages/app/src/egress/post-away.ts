import type { Agent, OutgoingHttpHeaders } from 'node:http'
import { request } from 'node:https'

export interface AwayPost {
  readonly url: string
  readonly headers: OutgoingHttpHeaders
  readonly body: Buffer
  /** Says which addresses may be reached: `egressAgent` for whatever somebody else supplied. */
  readonly agent: Agent
  /** From the beginning up to the status line. */
  readonly withinMs: number
}

/** Sends a POST and answers its status. What the other side has to say beyond that is not read: it could be endless. @throws Error when it does not answer in time */
export const postAway = ({ url, headers, body, agent, withinMs }: AwayPost): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent, signal: AbortSignal.timeout(withinMs) }, (response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    sent.on('error', reject)
    sent.end(body)
  })
