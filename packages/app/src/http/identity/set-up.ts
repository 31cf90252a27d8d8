import { firstTenant } from '@voltway/store'
import { Type } from 'typebox'
import { createOwner } from '../../identity/create-owner.ts'
import { Problem } from '../problems.ts'
import { openRoute } from '../route.ts'
import { Done, Text, Uuid } from '../schemas/common.ts'

const REFUSED = 'The link is wrong or was used. Start the server again to have a new one printed, if nobody has set it up.'
const Token = Type.String({ minLength: 10, maxLength: 100 })

export const checkSetUpRoute = openRoute({
  id: 'checkSetUp',
  method: 'GET',
  url: '/setup',
  summary: 'Whether a one-time set-up link is still good; without a token, whether a set-up is due',
  query: Type.Object({ token: Type.Optional(Token) }),
  reply: Type.Object({ due: Type.Boolean() }),
  async handle({ query: { token }, services }) {
    if (token !== undefined && !services.setUp.accepts(token)) throw new Problem('SET_UP_REFUSED', REFUSED)
    return { due: services.setUp.token() !== undefined }
  },
})

export const setUpRoute = openRoute({
  id: 'setUp',
  method: 'POST',
  url: '/setup',
  summary: 'Sets the installation up with the one-time link: an organisation and its owner',
  status: 201,
  body: Type.Object({
    token: Token,
    name: Text(),
    email: Type.String({ format: 'email', maxLength: 320 }),
    password: Type.String({ minLength: 12, maxLength: 128 }),
    organisation: Text(),
  }),
  reply: Type.Object({ ...Done.properties, tenantId: Uuid }),
  async handle({ body: { token, organisation, ...owner }, services }) {
    if (!services.setUp.accepts(token)) throw new Problem('SET_UP_REFUSED', REFUSED)
    // Another node on this database may have been set up meanwhile: each printed a link of its own.
    if (await firstTenant(services.db.directory)) {
      services.setUp.close()
      throw new Problem('SET_UP_REFUSED', REFUSED)
    }
    const tenantId = await createOwner(services, { organisation, owner })
    services.setUp.close()
    return { ok: true, tenantId }
  },
})
