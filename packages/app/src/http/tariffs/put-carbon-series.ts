import { appendOutbox, saveCarbonSeries } from '@voltway/store'
import { Type } from 'typebox'
import { route } from '../route.ts'
import { seriesSpans } from '../views/series-span.ts'
import { CarbonItem } from './get-carbon-series.ts'
import { SeriesParams } from './get-price-series.ts'

export const putCarbonSeriesRoute = route({
  id: 'putCarbonSeries',
  method: 'PUT',
  url: '/carbon-series/:name',
  summary: 'Writes grams of CO2 for each kWh of the grid over what was said of the same time; sites name the series that they follow',
  access: 'tariffs:write',
  params: SeriesParams,
  body: Type.Object({ items: Type.Array(CarbonItem, { minItems: 1, maxItems: 5_000 }) }),
  reply: Type.Object({ saved: Type.Integer() }),
  async handle({ params, body, caller: { tenantId }, tx, services }) {
    const spans = seriesSpans(body.items)
    const items = spans.map((span, index) => ({ ...span, gramsPerKwh: body.items[index]!.gramsPerKwh }))
    await saveCarbonSeries(tx, tenantId, { name: params.name, items })
    await appendOutbox(tx, tenantId, [
      { type: 'tariff.changed', subject: params.name, data: { series: params.name }, recordedAt: services.clock.now() },
    ])
    return { saved: items.length }
  },
})
