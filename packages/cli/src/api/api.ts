import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import { at, isObject, type Json, type JsonObject, show } from '../json.ts'
import type { CommandContext, Option } from '../verb.ts'

/** A running server, spoken to over its HTTP API; paths begin after /api/v1. */
export interface Api {
  readonly get: (path: string, query?: Readonly<Record<string, string | undefined>>) => Promise<JsonObject>
  readonly post: (path: string, body: Json) => Promise<JsonObject>
}

/** The options of every verb that speaks to a server. */
export const API_OPTIONS: Readonly<Record<string, Option>> = {
  url: { type: 'string', value: 'url', summary: "the server's address (VOLTWAY_URL; http://127.0.0.1:8080)" },
  'api-key': { type: 'string', value: 'key', summary: 'an API key (VOLTWAY_API_KEY)' },
}

const textOr = (value: string | boolean | undefined, other: string | undefined): string | undefined =>
  typeof value === 'string' ? value : other

/** What a refusal says: RFC 9457's title and detail, and the fields that are wrong. */
const describe = (status: number, answer: Json): string => {
  const title = at(answer, 'title') ?? `HTTP status ${status}`
  const detail = at(answer, 'detail')
  const errors = at(answer, 'errors')
  const fields = Array.isArray(errors) ? errors.map((error: Json) => `\n  ${show(at(error, 'path'))}: ${show(at(error, 'message'))}`) : []
  return `${show(title)}${detail ? `: ${show(detail)}` : ''}${fields.join('')}`
}

const refusal = (response: Response, answer: Json): CommandFailure => {
  const message = describe(response.status, answer)
  if (response.status === 401) return new CommandFailure(message, 'give an API key with --api-key or VOLTWAY_API_KEY.', EXIT.unreachable)
  if (response.status === 403) return new CommandFailure(message, 'use an API key that has the scope for this.')
  return new CommandFailure(message)
}

const parse = async (response: Response): Promise<Json> => {
  const text = await response.text()
  if (text === '') return {}
  try {
    const answer: Json = JSON.parse(text)
    return answer
  } catch {
    throw new CommandFailure(
      `${response.url} did not answer with JSON (HTTP status ${response.status}).`,
      'check that --url names a Voltway server.',
      EXIT.unreachable,
    )
  }
}

/** @throws CommandFailure when the address is none, the server is away, or it refuses */
export const connectApi = ({ values, env }: Pick<CommandContext, 'values' | 'env'>): Api => {
  const base = textOr(values.url, env.VOLTWAY_URL) ?? 'http://127.0.0.1:8080'
  const key = textOr(values['api-key'], env.VOLTWAY_API_KEY)
  if (!URL.canParse(base) || !/^https?:/.test(base))
    throw new CommandFailure(`"${base}" is not an address.`, 'give one such as http://127.0.0.1:8080.', EXIT.usage)
  const request = async (
    path: string,
    init: RequestInit,
    query: Readonly<Record<string, string | undefined>> = {},
  ): Promise<JsonObject> => {
    const url = new URL(`${base.replace(/\/+$/, '')}/api/v1${path}`)
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value)
    const headers = { accept: 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}), ...init.headers }
    // Longer than the server waits for a station, so that the answer is the server's and not ours.
    const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(120_000) }).catch((error: unknown) => {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
      throw new CommandFailure(
        `${base} could not be reached: ${cause}`,
        'start the server with npm start, or name another with --url or VOLTWAY_URL.',
        EXIT.unreachable,
      )
    })
    const answer = await parse(response)
    if (!response.ok) throw refusal(response, answer)
    return isObject(answer) ? answer : { value: answer }
  }
  return {
    get: (path, query) => request(path, { method: 'GET' }, query),
    post: (path, body) => request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  }
}
