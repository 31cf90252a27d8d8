import { type Operations, operations } from './generated/api.ts'
import { type ClientOptions, createRequest } from './request.ts'

export type * from './generated/api.ts'
export { ApiProblem, type ClientOptions, type JsonObject, type ProblemBody } from './request.ts'

/** The API as functions. @throws ApiProblem for every answer that is not a success */
export const createClient = (options: ClientOptions = {}): Operations => operations(createRequest(options))
