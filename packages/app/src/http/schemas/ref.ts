import { type Static, type TObject, type TSchema, type TUnsafe, Type } from 'typebox'

/** Every schema with a name of its own in the OpenAPI document. */
export const NAMED: TSchema[] = []

/** An object schema under a name; properties not listed are refused in requests and left out of answers. */
export const named = <Schema extends TObject>(name: string, schema: Schema): Schema => {
  const it = Object.assign(schema, { $id: name })
  NAMED.push(it)
  return it
}

/** Refers to a named schema, so that it stands once in the OpenAPI document. */
export const ref = <Schema extends TSchema & { readonly $id?: string }>(schema: Schema): TUnsafe<Static<Schema>> =>
  Type.Unsafe<Static<Schema>>({ $ref: `${schema.$id}#` })
