export type JsonObject = Readonly<Record<string, unknown>>

/** What an operation is called with; only what it has is looked at. */
export interface RequestInput {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
  readonly idempotencyKey?: string | undefined
}

/** Sends requests for the generated operations. */
export interface Request {
  readonly url: (path: string) => string
  readonly json: <Reply>(method: string, path: string, input: RequestInput) => Promise<Reply>
  readonly blob: (method: string, path: string, input: RequestInput) => Promise<Blob>
}

/** An RFC 9457 problem, thrown by every operation that was refused. */
export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  /** Stable: what programs and text catalogues look at. */
  readonly code: string
  readonly detail: string
  readonly errors?: readonly { readonly path: string; readonly message: string }[]
  readonly [more: string]: unknown
}

export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly body: ProblemBody
  constructor(body: ProblemBody) {
    super(body.detail)
    this.name = 'ApiProblem'
    this.status = body.status
    this.code = body.code
    this.body = body
  }
}

export interface ClientOptions {
  /** Address of the server; empty in our own web apps, which are served by it. */
  readonly baseUrl?: string
  readonly apiKey?: string
  /** The platform's unless told. */
  readonly fetch?: typeof fetch
}

const isProblem = (body: unknown): body is ProblemBody => typeof body === 'object' && body !== null && 'code' in body && 'status' in body

const problemOf = async (response: Response): Promise<ApiProblem> => {
  const body: unknown = await response.json().catch(() => undefined)
  if (isProblem(body)) return new ApiProblem(body)
  const { status, statusText } = response
  return new ApiProblem({
    type: 'about:blank',
    title: statusText,
    status,
    code: 'UNREADABLE_ANSWER',
    detail: `The server answered ${status}.`,
  })
}

const pathOf = (path: string, params: RequestInput['params'] = {}) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')))

const queryOf = (query: RequestInput['query'] = {}) => {
  const pairs = Object.entries(query).flatMap(([key, value]) => (value === undefined || value === null ? [] : [[key, String(value)]]))
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`
}

export const createRequest = ({ baseUrl = '', apiKey, fetch: send = fetch }: ClientOptions): Request => {
  const ask = async (method: string, path: string, { params, query, body, signal, idempotencyKey }: RequestInput): Promise<Response> => {
    const response = await send(`${baseUrl}${pathOf(path, params)}${queryOf(query)}`, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
    if (!response.ok) throw await problemOf(response)
    return response
  }
  return {
    url: (path) => `${baseUrl}${path}`,
    json: async (method, path, input) => JSON.parse(await (await ask(method, path, input)).text()),
    blob: async (method, path, input) => (await ask(method, path, input)).blob(),
  }
}
