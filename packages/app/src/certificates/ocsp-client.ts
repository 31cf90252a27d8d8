import { type CertificateHashData, ocspRequest } from '@voltway/pki'
import type { AskAway } from '../egress/ask-away.ts'

/** Asks OCSP responders, RFC 6960 over HTTP. */
export interface OcspClient {
  /** The responder's answer as it came: whoever relies on it checks it. @throws Error when there is none */
  readonly ask: (responderUrl: string, certificate: CertificateHashData) => Promise<Uint8Array>
}

const HEADERS = { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' }

export const createOcspClient = (askAway: AskAway): OcspClient => ({
  ask: async (url, certificate) => {
    const body = Buffer.from(ocspRequest({ certificates: [certificate] }))
    const { status, body: answer } = await askAway({ url, headers: { ...HEADERS, 'content-length': body.length }, body })
    if (status !== 200) throw new Error(`the responder answered with HTTP status ${status}`)
    return answer
  },
})
