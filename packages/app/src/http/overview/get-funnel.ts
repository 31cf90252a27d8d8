import { FUNNEL_STEPS } from '@voltway/domain/sessions'
import { funnelRows } from '@voltway/store'
import { DAY, epochMs } from '@voltway/units'
import { Type } from 'typebox'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { OneOf, period, Uuid } from '../schemas/common.ts'
import { spanOf } from '../views/times.ts'
import { courseOf } from './course-of.ts'

export const getFunnelRoute = route({
  id: 'getFunnel',
  method: 'GET',
  url: '/funnel',
  summary: 'From plug to paid: how many sessions reached each step, and what the rest was lost to; seven days unless told',
  access: 'sessions:read',
  query: Type.Object(period),
  reply: Type.Object({
    steps: Type.Array(Type.Object({ step: OneOf(FUNNEL_STEPS), count: Type.Integer() })),
    losses: Type.Array(
      Type.Object({
        step: Type.String(),
        cause: Type.String(),
        errorCode: Type.Optional(Type.String()),
        count: Type.Integer(),
        sessionIds: Type.Array(Uuid),
      }),
    ),
  }),
  async handle({ query, caller: { tenantId }, tx, services }) {
    const now = services.clock.now()
    const rows = await funnelRows(tx, tenantId, spanOf(query, { from: epochMs(now - 7 * DAY), to: now }))
    const courses = rows.map((row) => ({ ...row, ...courseOf(row) }))
    const steps = FUNNEL_STEPS.map((step, index) => ({
      step,
      count: courses.reduce((sum, { reached, count }) => sum + (reached > index ? count : 0), 0),
    }))
    const losses = courses
      .flatMap(({ cause, errorCode, reached, count, sessionIds }) =>
        cause === undefined
          ? []
          : [{ step: FUNNEL_STEPS[reached] ?? 'paid', cause, ...given({ errorCode }), count, sessionIds: [...sessionIds] }],
      )
      .sort((a, b) => b.count - a.count)
    return { steps, losses }
  },
})
