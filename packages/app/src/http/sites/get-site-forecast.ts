import { siteForecasts } from '@voltway/store'
import { DAY, epochMs, isoOf } from '@voltway/units'
import { Type } from 'typebox'
import { route } from '../route.ts'
import { period } from '../schemas/common.ts'
import { spanOf } from '../views/times.ts'
import { findSite } from './find-site.ts'
import { ForecastItem, ForecastParams } from './put-site-forecast.ts'

export const getSiteForecastRoute = route({
  id: 'getSiteForecast',
  method: 'GET',
  url: '/sites/:id/forecasts/:kind',
  summary:
    'What the panels (pv) are forecast to give, the building (load) to take or the site is capped to (cap); the two days around now unless told',
  access: 'stations:read',
  params: ForecastParams,
  query: Type.Object(period),
  reply: Type.Object({ items: Type.Array(ForecastItem) }),
  async handle({ params, query, caller: { tenantId }, tx, services }) {
    const now = services.clock.now()
    const { id } = await findSite(tx, tenantId, params.id)
    const span = spanOf(query, { from: epochMs(now - DAY), to: epochMs(now + 2 * DAY) })
    const rows = (await siteForecasts(tx, tenantId, { siteIds: [id], ...span })).filter(({ kind }) => kind === params.kind)
    return { items: rows.map(({ from, to, powerW }) => ({ from: isoOf(from), to: isoOf(to), powerW })) }
  },
})
