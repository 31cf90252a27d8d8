import { route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { SessionView } from '../schemas/session.ts'
import { sessionView } from '../views/session-view.ts'
import { findSession } from './find-session.ts'

export const getSessionRoute = route({
  id: 'getSession',
  method: 'GET',
  url: '/sessions/:id',
  summary: 'One session',
  access: 'sessions:read',
  params: IdParams,
  reply: ref(SessionView),
  handle: async ({ params, caller, tx }) => sessionView(await findSession(tx, caller, { id: params.id })),
})
