/** An RFC 9457 problem as the API sends it. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly errors: readonly { readonly path: string; readonly message: string }[]
  readonly body: Readonly<Record<string, unknown>>
  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(String(body.detail ?? body.title ?? `The server answered ${status}`))
    this.status = status
    this.code = String(body.code ?? 'UNKNOWN')
    this.errors = (body.errors as ApiProblem['errors'] | undefined) ?? []
    this.body = body
  }
}

/** Which app asks: one browser may be signed in to the console and to the driver app as two people. */
const appName = () => (location.pathname.startsWith('/console') ? 'console' : 'driver')

/** JSON to and from the platform; throws {@link ApiProblem}. Paths are below `/api/v1`. */
export async function api<Answer>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(path.startsWith('/api/') ? path : `/api/v1${path}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      'x-voltway-app': appName(),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(method === 'POST' && { 'idempotency-key': crypto.randomUUID() }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const json: unknown = text === '' ? {} : JSON.parse(text)
  if (!answer.ok) throw new ApiProblem(answer.status, json as Record<string, unknown>)
  return json as Answer
}
