import { appendOutbox, FORECAST_KINDS, saveSiteForecast } from '@voltway/store'
import { DAY, epochMs } from '@voltway/units'
import { Type } from 'typebox'
import { Problem } from '../problems.ts'
import { route } from '../route.ts'
import { Instant, OneOf, Uuid } from '../schemas/common.ts'
import { instant } from '../views/times.ts'
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
  summary: 'Writes what the panels (pv) will give or the building (load) will take, over what was said of the same time',
  access: 'stations:write',
  params: ForecastParams,
  body: Type.Object({ items: Type.Array(ForecastItem, { minItems: 1, maxItems: 5_000 }) }),
  reply: Type.Object({ saved: Type.Integer() }),
  async handle({ params, body, caller: { tenantId }, tx, services }) {
    const now = services.clock.now()
    const { id: siteId } = await findSite(tx, tenantId, params.id)
    const items = body.items.map((item, index) => {
      const path = `body.items.${index}`
      const [from, to] = [instant(item.from, `${path}.from`), instant(item.to, `${path}.to`)]
      if (to <= from) throw new Problem('REQUEST_INVALID', undefined, { errors: [{ path: `${path}.to`, message: 'must be after from' }] })
      return { from, to, powerW: item.powerW }
    })
    const sorted = items.toSorted((a, b) => a.from - b.from)
    if (sorted.some(({ to }, index) => to > (sorted[index + 1]?.from ?? to)))
      throw new Problem('REQUEST_INVALID', 'Two parts of the forecast overlap.', {
        errors: [{ path: 'body.items', message: 'must not overlap' }],
      })
    await saveSiteForecast(tx, tenantId, { siteId, kind: params.kind, items, keepFrom: epochMs(now - KEPT) })
    await appendOutbox(tx, tenantId, [{ type: 'site.changed', subject: siteId, data: { siteId }, recordedAt: now }])
    return { saved: items.length }
  },
})
