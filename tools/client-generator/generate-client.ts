import type { OpenApi, Operation, Parameter, Schema } from './open-api.ts'
import { typeText } from './type-text.ts'

const HEAD = `// Generated from packages/app/openapi.json by \`npm run openapi\`: do not edit.
import type { JsonObject, Request } from '../request.ts'

`

const upperFirst = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const fieldsOf = (parameters: readonly Parameter[]): string =>
  `{ ${parameters.map(({ name, required, schema }) => `readonly ${name}${required ? `: ${typeText(schema)}` : `?: ${typeText(schema)} | undefined`}`).join('; ')} }`

const jsonOf = (content: Readonly<Record<string, { readonly schema: Schema }>> | undefined) => content?.['application/json']?.schema

interface Described {
  readonly path: string
  readonly method: string
  readonly operation: Operation
}

/** What a function takes: path parameters first, then query, then body; only what the operation has. */
const inputOf = ({ parameters = [], requestBody }: Operation) => {
  const inPath = parameters.filter((parameter) => parameter.in === 'path')
  const inQuery = parameters.filter((parameter) => parameter.in === 'query')
  const body = jsonOf(requestBody?.content)
  const parts = [
    ...(inPath.length > 0 ? [`readonly params: ${fieldsOf(inPath)}`] : []),
    ...(inQuery.length > 0 ? [`readonly query${inQuery.some(({ required }) => required) ? '' : '?'}: ${fieldsOf(inQuery)}`] : []),
    ...(body ? [`readonly body: ${typeText(body)}`] : []),
    'readonly signal?: AbortSignal | undefined',
    'readonly idempotencyKey?: string | undefined',
  ]
  const optional = inPath.length === 0 && !body && !inQuery.some(({ required }) => required)
  return { text: `{ ${parts.join('; ')} }`, optional }
}

const replyOf = (operation: Operation): { readonly type: string; readonly kind: 'json' | 'blob' | 'url' } => {
  if (operation['x-stream']) return { type: 'string', kind: 'url' }
  const answer = Object.values(operation.responses)[0]
  const schema = jsonOf(answer?.content) ?? Object.values(answer?.content ?? {})[0]?.schema ?? {}
  return schema.contentMediaType === undefined ? { type: typeText(schema), kind: 'json' } : { type: 'Blob', kind: 'blob' }
}

const functionText = ({ path, method, operation }: Described) => {
  const reply = replyOf(operation)
  if (reply.kind === 'url')
    return `  /** ${operation.summary}: the address for an EventSource. */\n  ${operation.operationId}: (): string => request.url('${path}'),`
  const input = inputOf(operation)
  const name = `${upperFirst(operation.operationId)}Input`
  const type = reply.kind === 'blob' ? 'Blob' : `${upperFirst(operation.operationId)}Reply`
  const call = reply.kind === 'blob' ? 'blob' : `json<${type}>`
  return `  /** ${operation.summary}. */\n  ${operation.operationId}: (input: ${name}${input.optional ? ' = {}' : ''}): Promise<${type}> => request.${call}('${method.toUpperCase()}', '${path}', input),`
}

/** The typed client of an OpenAPI document, as TypeScript text. */
export const generateClient = (document: OpenApi): string => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Described => ({ path, method, operation })),
  )
  const operations = described.sort((a, b) => (a.operation.operationId < b.operation.operationId ? -1 : 1))
  const types = Object.entries(document.components.schemas)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => `export type ${name} = ${typeText(schema)}`)
  const inputs = operations
    .filter(({ operation }) => !operation['x-stream'])
    .map(({ operation }) => `export type ${upperFirst(operation.operationId)}Input = ${inputOf(operation).text}`)
  const replies = operations.flatMap(({ operation }) => {
    const { type, kind } = replyOf(operation)
    return kind === 'json' ? [`export type ${upperFirst(operation.operationId)}Reply = ${type}`] : []
  })
  const functions = operations.map(functionText)
  return [
    HEAD,
    types.join('\n\n'),
    '\n\n',
    inputs.join('\n\n'),
    '\n\n',
    replies.join('\n\n'),
    '\n\n/** Every operation of the API as a function. */\nexport const operations = (request: Request) => ({\n',
    functions.join('\n'),
    '\n})\n\nexport type Operations = ReturnType<typeof operations>\n',
  ].join('')
}
