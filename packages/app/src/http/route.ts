import type { Tx } from '@voltway/store'
import { type Static, type TSchema, Type } from 'typebox'
import type { ServerServices } from '../server-services.ts'
import type { Access, Caller } from './caller.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A body that is not JSON: a PDF, a picture. */
export interface RawReply {
  readonly contentType: string
  readonly body: Buffer | string
  readonly headers?: Readonly<Record<string, string>>
}
/** The reply schema of a route that answers with something else than JSON. */
export const Raw = (contentType: string) => Type.Unsafe<RawReply>({ type: 'string', format: 'binary', contentMediaType: contentType })

interface Description<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema> {
  /** Name of the operation, as the client's function is called. */
  readonly id: string
  readonly method: Method
  /** Under /api/v1, parameters as `:name`. */
  readonly url: string
  readonly summary: string
  readonly access: Access
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly reply: R
  /** 200 unless told. */
  readonly status?: 200 | 201 | 202
  /** Fields of the reply that are shown once and never stored with an Idempotency-Key. */
  readonly onceOnly?: readonly string[]
}

interface Given<P extends TSchema, Q extends TSchema, B extends TSchema> {
  readonly params: Static<P>
  readonly query: Static<Q>
  readonly body: Static<B>
  readonly services: ServerServices
}
/** What a route's handler gets; `tx` sees only the caller's tenant. */
export interface Input<P extends TSchema, Q extends TSchema, B extends TSchema> extends Given<P, Q, B> {
  readonly caller: Caller
  readonly tx: Tx
}

/** A route with its types forgotten: what is registered, documented and tested. */
export interface RouteDefinition extends Description<TSchema, TSchema, TSchema, TSchema> {
  /** In one transaction of the caller's tenant; with transactions of its own; or for anybody, before there is a tenant. */
  readonly mode: 'transaction' | 'direct' | 'open'
  handle(input: { params: unknown; query: unknown; body: unknown; services: ServerServices; caller?: Caller; tx?: Tx }): Promise<unknown>
}

type Handle<I, R extends TSchema> = { handle(input: I): Promise<Static<R>> }
type Empty = ReturnType<typeof Type.Object<Record<never, never>>>

/** One description gives validation, authorisation, tenant, transaction, serialisation and the OpenAPI page. */
export const route = <R extends TSchema, P extends TSchema = Empty, Q extends TSchema = Empty, B extends TSchema = Empty>(
  spec: Description<P, Q, B, R> & Handle<Input<P, Q, B>, R>,
): RouteDefinition => ({ ...spec, mode: 'transaction' })

/** A route that waits for a station or streams: it opens its own transactions. */
export const directRoute = <R extends TSchema, P extends TSchema = Empty, Q extends TSchema = Empty, B extends TSchema = Empty>(
  spec: Description<P, Q, B, R> & Handle<Given<P, Q, B> & { readonly caller: Caller }, R>,
): RouteDefinition => ({ ...spec, mode: 'direct' })

/** A route for anybody that concerns no tenant. */
export const openRoute = <R extends TSchema, P extends TSchema = Empty, Q extends TSchema = Empty, B extends TSchema = Empty>(
  spec: Omit<Description<P, Q, B, R>, 'access'> & Handle<Given<P, Q, B>, R>,
): RouteDefinition => ({ ...spec, access: 'public', mode: 'open' })
