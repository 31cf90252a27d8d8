import { carbonSeries } from '@voltway/store'
import { DAY, epochMs, isoOf } from '@voltway/units'
import { Type } from 'typebox'
import { route } from '../route.ts'
import { Instant, period } from '../schemas/common.ts'
import { spanOf } from '../views/times.ts'
import { SeriesParams } from './get-price-series.ts'

export const CarbonItem = Type.Object({ from: Instant, to: Instant, gramsPerKwh: Type.Number({ minimum: 0, maximum: 10_000 }) })

export const getCarbonSeriesRoute = route({
  id: 'getCarbonSeries',
  method: 'GET',
  url: '/carbon-series/:name',
  summary: 'Grams of CO2 for each kWh of the grid, by which the greenest plan is found; the two days around now unless told',
  access: 'tariffs:read',
  params: SeriesParams,
  query: Type.Object(period),
  reply: Type.Object({ items: Type.Array(CarbonItem) }),
  async handle({ params, query, caller: { tenantId }, tx, services }) {
    const now = services.clock.now()
    const span = spanOf(query, { from: epochMs(now - DAY), to: epochMs(now + 2 * DAY) })
    const rows = await carbonSeries(tx, tenantId, { name: params.name, ...span })
    return { items: rows.map(({ from, to, gramsPerKwh }) => ({ from: isoOf(from), to: isoOf(to), gramsPerKwh })) }
  },
})
