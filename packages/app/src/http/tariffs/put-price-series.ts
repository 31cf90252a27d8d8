import { appendOutbox, savePriceSeries } from '@voltway/store'
import { Type } from 'typebox'
import { Problem } from '../problems.ts'
import { route } from '../route.ts'
import { instant } from '../views/times.ts'
import { PriceItem, SeriesParams } from './get-price-series.ts'

export const putPriceSeriesRoute = route({
  id: 'putPriceSeries',
  method: 'PUT',
  url: '/price-series/:name',
  summary: 'Writes day-ahead prices over those that begin at the same instants',
  access: 'tariffs:write',
  params: SeriesParams,
  body: Type.Object({ items: Type.Array(PriceItem, { minItems: 1, maxItems: 5_000 }) }),
  reply: Type.Object({ saved: Type.Integer() }),
  async handle({ params, body, caller: { tenantId }, tx, services }) {
    const prices = body.items.map((item, index) => {
      const path = `body.items.${index}`
      const [from, to] = [instant(item.from, `${path}.from`), instant(item.to, `${path}.to`)]
      if (to <= from) throw new Problem('REQUEST_INVALID', undefined, { errors: [{ path: `${path}.to`, message: 'must be after from' }] })
      return { from, to, perKwh: BigInt(item.perKwhMicros) }
    })
    if (new Set(prices.map(({ from }) => from)).size < prices.length)
      throw new Problem('REQUEST_INVALID', 'Two prices begin at the same instant.', {
        errors: [{ path: 'body.items', message: 'begin at different instants' }],
      })
    await savePriceSeries(tx, tenantId, { name: params.name, prices })
    await appendOutbox(tx, tenantId, [
      { type: 'tariff.changed', subject: params.name, data: { series: params.name }, recordedAt: services.clock.now() },
    ])
    return { saved: prices.length }
  },
})
