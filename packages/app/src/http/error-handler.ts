import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '../log.ts'
import { Problem, type ProblemBody, type ProblemCode, problemBody, RETRY_AFTER_SECONDS } from './problems.ts'
import { fieldErrors } from './validation.ts'

export const sendProblem = (reply: FastifyReply, body: ProblemBody) =>
  reply.code(body.status).type('application/problem+json; charset=utf-8').serializer(JSON.stringify).send(body)

const BY_FASTIFY: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'MEDIA_TYPE_UNSUPPORTED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'JSON_INVALID',
  FST_ERR_CTP_INVALID_JSON_BODY: 'JSON_INVALID',
  FST_ERR_BAD_URL: 'ROUTE_NOT_FOUND',
}

/** What the libraries around our routes refuse, by its HTTP status. */
const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'REQUEST_INVALID',
  403: 'ROUTE_NOT_FOUND',
  404: 'ROUTE_NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'BODY_TOO_LARGE',
  415: 'MEDIA_TYPE_UNSUPPORTED',
  429: 'TOO_MANY_REQUESTS',
}

/** What PostgreSQL refuses by its rules, in our words. */
const BY_DATABASE: Readonly<Record<string, ProblemCode>> = {
  '23505': 'ALREADY_EXISTS',
  '23503': 'IN_USE',
  '23P01': 'SLOT_TAKEN',
  '22021': 'REQUEST_INVALID',
  '22P05': 'REQUEST_INVALID',
}

const bodyOf = (error: FastifyError | Problem): ProblemBody => {
  if (error instanceof Problem) return error.body
  if (error.validation) {
    const errors = fieldErrors(error.validationContext ?? 'body', error.validation)
    const first = errors[0]
    return problemBody('REQUEST_INVALID', first && `${first.path} ${first.message}.`, { errors })
  }
  const known = BY_FASTIFY[error.code] ?? BY_DATABASE[error.code]
  if (known) return problemBody(known)
  if (error.statusCode === 400 && error instanceof SyntaxError) return problemBody('JSON_INVALID')
  const refused = error.statusCode === undefined ? undefined : BY_STATUS[error.statusCode]
  if (refused) return problemBody(refused)
  return problemBody('INTERNAL')
}

/** Every error leaves as a problem; only what we did not foresee is logged, and never told. */
export const errorHandler = (log: Log) => (error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply) => {
  const body = bodyOf(error)
  if (body.status >= 500 && !(error instanceof Problem))
    log.error('request failed', { method: request.method, route: request.routeOptions.url, error })
  const after = RETRY_AFTER_SECONDS[body.code]
  if (after !== undefined) reply.header('retry-after', String(after))
  if (body.status === 401) reply.header('www-authenticate', 'Bearer')
  return sendProblem(reply, body)
}
