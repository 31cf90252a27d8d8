import { Agent as HttpAgent, type OutgoingHttpHeaders, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { publicLookup } from './egress-agent.ts'
import { isPublicAddress } from './public-address.ts'

/** A question to an address that somebody else supplied, whose answer is wanted. */
export interface AwayQuestion {
  readonly url: string
  readonly headers: OutgoingHttpHeaders
  readonly body: Buffer
}

export interface AwayAnswer {
  readonly status: number
  readonly body: Uint8Array
}

export type AskAway = (question: AwayQuestion) => Promise<AwayAnswer>

export interface AwayLimits {
  /** From the beginning to the end of the answer. */
  readonly withinMs: number
  readonly mostBytes: number
  /** Which addresses a name may lead to; public ones unless told. */
  readonly lookup?: LookupFunction
  readonly mayReach?: (host: string) => boolean
}

/** A name, or an address out on the internet. */
const isPublicHost = (host: string) => isIP(host) === 0 || isPublicAddress(host)

/**
 * Asks by POST over http or https, for answers that are signed and need no secret way. It follows no redirects, reaches no private
 * address and reads no more than it may. @throws Error saying which of these it was
 */
export const createAskAway = ({ withinMs, mostBytes, lookup = publicLookup, mayReach = isPublicHost }: AwayLimits): AskAway => {
  const agents = {
    'http:': new HttpAgent({ lookup, timeout: withinMs, maxSockets: 32 }),
    'https:': new HttpsAgent({ lookup, timeout: withinMs }),
  }
  return async ({ url, headers, body }) => {
    const parsed = URL.canParse(url) ? new URL(url) : undefined
    const { protocol } = parsed ?? {}
    if (!parsed || (protocol !== 'http:' && protocol !== 'https:') || parsed.username !== '') throw new Error(`${url} is no address to ask`)
    const host = parsed.hostname.replace(/^\[|\]$/g, '')
    if (!mayReach(host)) throw new Error(`${host} is not a public address`)
    const request = protocol === 'http:' ? requestHttp : requestHttps
    return await new Promise<AwayAnswer>((resolve, reject) => {
      const sent = request(url, { method: 'POST', headers, agent: agents[protocol], signal: AbortSignal.timeout(withinMs) }, (response) => {
        const parts: Buffer[] = []
        let size = 0
        response.on('data', (part: Buffer) => {
          size += part.length
          if (size > mostBytes) response.destroy(new Error(`${host} answers with more than ${mostBytes} bytes`))
          else parts.push(part)
        })
        response.on('error', reject)
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: new Uint8Array(Buffer.concat(parts)) }))
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }
}
