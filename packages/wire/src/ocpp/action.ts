/** Who sends the CALL. */
export type Direction = 'fromStation' | 'toStation' | 'both'

declare const types: unique symbol

/** One OCPP action: its name, its direction and, for the compiler alone, the types of its two payloads. */
export interface Action<Name extends string = string, Request = object, Response = object> {
  readonly name: Name
  readonly direction: Direction
  readonly [types]?: { readonly request: Request; readonly response: Response }
}
export type RequestOf<A extends Action> = NonNullable<A[typeof types]>['request']
export type ResponseOf<A extends Action> = NonNullable<A[typeof types]>['response']

/** Called twice, so that the name's literal type is inferred beside the payload types that are given. */
export const action =
  <Request, Response>() =>
  <const Name extends string>(name: Name, { direction }: { readonly direction: Direction }): Action<Name, Request, Response> => ({
    name,
    direction,
  })
