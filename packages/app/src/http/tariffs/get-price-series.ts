import { priceSeries } from '@voltway/store'
import { DAY, epochMs, isoOf } from '@voltway/units'
import { Type } from 'typebox'
import { route } from '../route.ts'
import { BigDecimal, Instant, period, Text } from '../schemas/common.ts'
import { spanOf } from '../views/times.ts'

export const SeriesParams = Type.Object({ name: Text(80) })
export const PriceItem = Type.Object({ from: Instant, to: Instant, perKwhMicros: BigDecimal })

export const getPriceSeriesRoute = route({
  id: 'getPriceSeries',
  method: 'GET',
  url: '/price-series/:name',
  summary: 'Day-ahead prices per kWh that tariffs may follow; the two days around now unless told',
  access: 'tariffs:read',
  params: SeriesParams,
  query: Type.Object(period),
  reply: Type.Object({ items: Type.Array(PriceItem) }),
  async handle({ params, query, caller: { tenantId }, tx, services }) {
    const now = services.clock.now()
    const span = spanOf(query, { from: epochMs(now - DAY), to: epochMs(now + 2 * DAY) })
    const rows = await priceSeries(tx, tenantId, { name: params.name, ...span })
    return { items: rows.map((row) => ({ from: isoOf(row.from), to: isoOf(row.to), perKwhMicros: row.perKwh.toString() })) }
  },
})
