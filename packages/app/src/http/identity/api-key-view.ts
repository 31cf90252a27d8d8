import { type Static, Type } from 'typebox'
import { Instant, Uuid } from '../schemas/common.ts'
import { named } from '../schemas/ref.ts'

export const ApiKeyView = named(
  'ApiKey',
  Type.Object({
    id: Uuid,
    name: Type.String(),
    lastFour: Type.String(),
    scopes: Type.Array(Type.String()),
    createdAt: Instant,
    revokedAt: Type.Optional(Instant),
  }),
)
export type ApiKeyView = Static<typeof ApiKeyView>
