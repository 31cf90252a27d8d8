import { actionsOf, jsonSchemaOf, OCPP_VERSIONS } from '@voltway/wire/ocpp'
import { Type } from 'typebox'
import { found } from '../problems.ts'
import { route } from '../route.ts'
import { Json, listOf, OneOf } from '../schemas/common.ts'

const Version = OneOf(OCPP_VERSIONS)

const list = route({
  id: 'listOcppActions',
  method: 'GET',
  url: '/ocpp/schemas/:version',
  summary: 'The actions of an OCPP version that are built, and who sends them',
  access: 'stations:read',
  params: Type.Object({ version: Version }),
  reply: listOf(Type.Object({ action: Type.String(), direction: Type.String() })),
  async handle({ params }) {
    const items = actionsOf(params.version).flatMap(({ name, direction }) => (direction ? [{ action: name, direction }] : []))
    return { items: items.sort((a, b) => a.action.localeCompare(b.action)) }
  },
})

const get = route({
  id: 'getOcppSchema',
  method: 'GET',
  url: '/ocpp/schemas/:version/:action',
  summary: 'The JSON schema of one action: what a command form is made from',
  access: 'stations:read',
  params: Type.Object({ version: Version, action: Type.String({ pattern: '^[A-Za-z0-9]{1,60}$' }) }),
  reply: Json,
  handle: async ({ params }) => ({ ...found(jsonSchemaOf(params.version, params.action, 'request'), 'action') }),
})

export const ocppSchemaRoutes = [list, get] as const
