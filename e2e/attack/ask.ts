import { request } from 'node:http'

/** JSON whose shape a test looks into: every part is there or undefined. */
export interface Loose {
  readonly [key: string]: Loose
  readonly [index: number]: Loose
}
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly cookies: readonly string[]
  readonly text: string
  readonly body: Loose
}
export interface Ask {
  /** An API key, or a cookie, which comes with this server's own Origin unless another is given. */
  readonly key?: string
  readonly cookie?: string
  /** Sent as JSON; text is sent as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The loopback address to come from. */
  readonly from?: string
  /** Give up waiting and take what came until then: for streams. */
  readonly readFor?: number
}

const ANSWER_WITHIN = 20_000

const parsed = (text: string): Loose => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** One request, with its path as it stands: `fetch` would tidy up what a hostile client does not. */
export const ask = ({ port, method, path, ...wish }: Ask & { readonly port: number; readonly method: string; readonly path: string }) =>
  new Promise<Answer>((resolve, reject) => {
    const body = wish.body === undefined ? undefined : typeof wish.body === 'string' ? wish.body : JSON.stringify(wish.body)
    const sent = request({
      host: '127.0.0.1',
      port,
      method,
      path,
      agent: false,
      ...(wish.from && { localAddress: wish.from }),
      headers: {
        ...(wish.key !== undefined && { authorization: `Bearer ${wish.key}` }),
        ...(wish.cookie !== undefined && { cookie: wish.cookie, origin: `http://127.0.0.1:${port}` }),
        ...(body !== undefined && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
        ...wish.headers,
      },
    })
    const timer = setTimeout(() => sent.destroy(new Error(`${method} ${path} was not answered`)), ANSWER_WITHIN)
    sent.on('error', reject)
    sent.on('close', () => clearTimeout(timer))
    sent.on('response', (response) => {
      let text = ''
      const end = () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          cookies: response.headers['set-cookie'] ?? [],
          text,
          body: parsed(text),
        })
      response.setEncoding('latin1')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', end)
      response.on('error', end)
      if (wish.readFor !== undefined)
        setTimeout(() => {
          end()
          sent.destroy()
        }, wish.readFor)
    })
    sent.end(body)
  })
