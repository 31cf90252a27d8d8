import { route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { SessionView } from '../schemas/session.ts'
import { findSession } from '../sessions/find-session.ts'
import { sessionView } from '../views/session-view.ts'
import { driverOf } from './accept-offer.ts'

export const getOwnSessionRoute = route({
  id: 'getOwnSession',
  method: 'GET',
  url: '/driver/sessions/:id',
  summary: "One of the driver's sessions",
  access: 'driver',
  params: IdParams,
  reply: ref(SessionView),
  handle: async ({ params, caller, tx }) => sessionView(await findSession(tx, caller, { id: params.id, driverId: driverOf(caller) })),
})
