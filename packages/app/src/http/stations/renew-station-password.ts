import { setStationPassword } from '@voltway/store'
import { Type } from 'typebox'
import { hashStationPassword } from '../../ocpp/check-password.ts'
import { route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { findStation } from './find-station.ts'
import { newStationPassword } from './station-password.ts'

export const renewStationPasswordRoute = route({
  id: 'renewStationPassword',
  method: 'POST',
  url: '/stations/:id/password',
  summary: 'A new password, shown once; the old one stays valid until the station has used the new one',
  access: 'stations:write',
  params: IdParams,
  onceOnly: ['password'],
  reply: Type.Object({ password: Type.Optional(Type.String()) }),
  async handle({ params, caller: { tenantId }, tx, services }) {
    const { id } = await findStation(tx, tenantId, params.id)
    const password = newStationPassword(services.random)
    await setStationPassword(tx, tenantId, { id, passwordHash: hashStationPassword(Buffer.from(password), services.secrets.hmacKey) })
    return { password }
  },
})
