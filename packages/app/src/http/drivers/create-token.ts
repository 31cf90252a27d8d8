import { insertIdToken, type Tx } from '@voltway/store'
import { type DriverId, type EpochMs, type IdTokenId, type TenantId, uuidv7 } from '@voltway/units'
import { Type } from 'typebox'
import { canonicalEmaid, hashIdToken, lastFourOf } from '../../identity/hash-id-token.ts'
import type { Services } from '../../services.ts'
import { given } from '../given.ts'
import { Problem } from '../problems.ts'
import { route } from '../route.ts'
import { IdParams, Instant, OneOf, Text } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { instant, iso } from '../views/times.ts'
import { TokenView } from './driver-schemas.ts'
import { findDriver } from './find-driver.ts'

const TYPES = ['rfid', 'app', 'contract', 'other'] as const

export interface NewToken {
  readonly type: (typeof TYPES)[number]
  /** As the station reads it, of a contract its eMAID; only its keyed hash is kept. */
  readonly token: string
  readonly label: string
  readonly expiresAt?: EpochMs | undefined
}

const storedText = ({ type, token }: Pick<NewToken, 'type' | 'token'>) => (type === 'contract' ? canonicalEmaid(token) : token)

/** @throws Problem ALREADY_EXISTS when the tenant has this token */
export const createToken = async (
  tx: Tx,
  services: Services,
  { tenantId, driverId, token }: { readonly tenantId: TenantId; readonly driverId: DriverId; readonly token: NewToken },
): Promise<IdTokenId> => {
  const now = services.clock.now()
  const id = uuidv7<'IdToken'>(now, services.random)
  const text = storedText(token)
  const inserted = await insertIdToken(tx, tenantId, {
    id,
    tokenHash: hashIdToken(text, services.secrets.hmacKey),
    lastFour: lastFourOf(text),
    type: token.type,
    label: token.label,
    driverId,
    expiresAt: token.expiresAt ?? null,
    createdAt: now,
  })
  if (!inserted)
    throw new Problem('ALREADY_EXISTS', 'This token is registered already.', { errors: [{ path: 'body.token', message: 'is registered' }] })
  return id
}

export const createTokenRoute = route({
  id: 'createToken',
  method: 'POST',
  url: '/drivers/:id/tokens',
  summary: 'A card or another token of a driver; its text is not kept',
  access: 'drivers:write',
  status: 201,
  params: IdParams,
  body: Type.Object({
    type: OneOf(TYPES),
    token: Type.String({ pattern: '^[ -~]{4,36}$', description: 'As the station reads it' }),
    label: Text(80),
    expiresAt: Type.Optional(Instant),
  }),
  reply: ref(TokenView),
  async handle({ params, body, caller: { tenantId }, tx, services }) {
    const driver = await findDriver(tx, tenantId, params.id)
    const expiresAt = body.expiresAt === undefined ? undefined : instant(body.expiresAt, 'body.expiresAt')
    const id = await createToken(tx, services, { tenantId, driverId: driver.id, token: { ...body, expiresAt } })
    return given({
      id,
      lastFour: lastFourOf(storedText(body)),
      type: body.type,
      label: body.label,
      driverId: driver.id,
      driverName: driver.name,
      state: 'active',
      expiresAt: iso(expiresAt),
      createdAt: iso(services.clock.now()) ?? '',
    })
  },
})
