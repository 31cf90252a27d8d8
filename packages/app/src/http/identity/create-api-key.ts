import { insertApiKey, type Tx } from '@voltway/store'
import { isoOf, type TenantId, uuidv7 } from '@voltway/units'
import { Type } from 'typebox'
import type { Services } from '../../services.ts'
import { SCOPES, type Scope } from '../caller.ts'
import { hashApiKey, KEY_PREFIX } from '../find-caller.ts'
import { route } from '../route.ts'
import { OneOf, Text } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { ApiKeyView } from './api-key-view.ts'

export interface CreatedApiKey {
  readonly id: string
  /** Shown once; we keep only its keyed hash. */
  readonly key: string
}

export const createApiKey = async (
  tx: Tx,
  services: Services,
  { tenantId, name, scopes }: { readonly tenantId: TenantId; readonly name: string; readonly scopes: readonly Scope[] },
): Promise<CreatedApiKey> => {
  const now = services.clock.now()
  const key = `${KEY_PREFIX}${Buffer.from(services.random(32)).toString('base64url')}`
  const id: string = uuidv7<'ApiKey'>(now, services.random)
  const keyHash = hashApiKey(key, services.secrets.hmacKey)
  await insertApiKey(tx, { id, tenantId, name, keyHash, lastFour: key.slice(-4), scopes: [...new Set(scopes)], createdAt: now })
  return { id, key }
}

export const createApiKeyRoute = route({
  id: 'createApiKey',
  method: 'POST',
  url: '/api-keys',
  summary: 'A new API key for a program; its text is shown once',
  access: 'admin',
  status: 201,
  onceOnly: ['key'],
  body: Type.Object({ name: Text(100), scopes: Type.Array(OneOf(SCOPES), { minItems: 1, maxItems: SCOPES.length }) }),
  reply: Type.Object({ apiKey: ref(ApiKeyView), key: Type.Optional(Type.String()) }),
  async handle({ body, caller: { tenantId }, tx, services }) {
    const { id, key } = await createApiKey(tx, services, { tenantId, ...body })
    return { apiKey: { id, ...body, lastFour: key.slice(-4), createdAt: isoOf(services.clock.now()) }, key }
  },
})
