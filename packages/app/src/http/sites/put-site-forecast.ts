import { appendOutbox, FORECAST_KINDS, saveSiteForecast } from '@voltway/store'
import { DAY, epochMs } from '@voltway/units'
import { Type } from 'typebox'
import { route } from '../route.ts'
import { Instant, OneOf, Uuid } from '../schemas/common.ts'
import { seriesSpans } from '../views/series-span.ts'
import { findSite } from './find-site.ts'

export const ForecastParams = Type.Object({ id: Uuid, kind: OneOf(FORECAST_KINDS) })
export const ForecastItem = Type.Object({
  from: Instant,
  to: Instant,
  powerW: Type.Integer({ minimum: 0, maximum: 2_000_000_000, description: 'W' }),
})

/** Forecasts are kept for a look back. */
const KEPT = 35 * DAY

export const putSiteForecastRoute = route({
  id: 'putSiteForecast',
  method: 'PUT',
  url: '/sites/:id/forecasts/:kind',
  summary:
    'Writes what the panels (pv) will give, the building (load) will take or the site is capped to (cap), over what was said of the same time',
  access: 'stations:write',
  params: ForecastParams,
  body: Type.Object({ items: Type.Array(ForecastItem, { minItems: 1, maxItems: 5_000 }) }),
  reply: Type.Object({ saved: Type.Integer() }),
  async handle({ params, body, caller: { tenantId }, tx, services }) {
    const now = services.clock.now()
    const { id: siteId } = await findSite(tx, tenantId, params.id)
    const items = seriesSpans(body.items).map((span, index) => ({ ...span, powerW: body.items[index]!.powerW }))
    await saveSiteForecast(tx, tenantId, { siteId, kind: params.kind, items, keepFrom: epochMs(now - KEPT) })
    await appendOutbox(tx, tenantId, [{ type: 'site.changed', subject: siteId, data: { siteId }, recordedAt: now }])
    return { saved: items.length }
  },
})
