import { costOf, priceLine, resolveTariff, tariffToJson } from '@voltway/domain/tariffs'
import { DAY, epochMs, isoOf, MINUTE, moneyToJson, wattHours } from '@voltway/units'
import { Type } from 'typebox'
import { Problem } from '../problems.ts'
import { route } from '../route.ts'
import { Instant, Json, Money, Uuid } from '../schemas/common.ts'
import { CostView } from '../schemas/cost.ts'
import { ref } from '../schemas/ref.ts'
import { costView } from '../views/cost-view.ts'
import { instant } from '../views/times.ts'
import { findTariff, readTariff } from './find-tariff.ts'
import { seriesOf } from './quote-context.ts'

export const PriceStepView = Type.Object({
  from: Instant,
  to: Instant,
  perKwh: Money,
  perMinute: Money,
  label: Type.String(),
  peak: Type.Boolean(),
})

export const simulatePriceRoute = route({
  id: 'simulatePrice',
  method: 'POST',
  url: '/tariffs/simulate',
  summary: 'What a session would cost under a tariff, saved or not, with the same function that bills it',
  access: 'tariffs:read',
  body: Type.Object({
    definition: Type.Optional(Json),
    tariffId: Type.Optional(Uuid),
    startsAt: Instant,
    endsAt: Instant,
    energyWh: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
    exportWh: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
    idleMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 43_200 })),
    slotTaken: Type.Optional(Type.Boolean()),
  }),
  reply: Type.Object({ cost: ref(CostView), priceLine: Type.Array(PriceStepView), tariff: Json }),
  async handle({ body, caller: { tenantId }, tx }) {
    const from = instant(body.startsAt, 'body.startsAt')
    const to = instant(body.endsAt, 'body.endsAt')
    if (to <= from || to - from > 31 * DAY)
      throw new Problem('REQUEST_INVALID', undefined, {
        errors: [{ path: 'body.endsAt', message: 'must be after startsAt, by 31 days at most' }],
      })
    if ((body.definition === undefined) === (body.tariffId === undefined))
      throw new Problem('REQUEST_INVALID', 'Give either a definition or a tariffId.', {
        errors: [{ path: 'body.tariffId', message: 'or definition, not both' }],
      })
    const asked =
      body.tariffId === undefined ? readTariff(body.definition) : readTariff((await findTariff(tx, tenantId, body.tariffId)).definition)
    const end = epochMs(to + (body.idleMinutes ?? 0) * MINUTE)
    const series = await seriesOf(tx, tenantId, { tariff: asked, from, to: end })
    const tariff = resolveTariff(asked, { at: from, slotTaken: body.slotTaken ?? false, series, load: 0n })
    const point = (at: typeof from, importWh: number, exportWh: number) => ({
      at,
      importWh: wattHours(importWh),
      exportWh: wattHours(exportWh),
    })
    const points = [point(from, 0, 0), point(to, body.energyWh, body.exportWh ?? 0)]
    const cost = costOf(tariff, { startedAt: from, chargingEndedAt: to, disconnectedAt: end, asOf: end, points })
    const moneyOf = (micros: bigint) => moneyToJson({ currency: tariff.currency, micros })
    const steps = priceLine(tariff, from, end).map((step) => ({
      from: isoOf(step.from),
      to: isoOf(step.to),
      perKwh: moneyOf(step.perKwhMicros),
      perMinute: moneyOf(step.perMinuteMicros),
      label: step.label,
      peak: step.peak,
    }))
    return { cost: costView(cost), priceLine: steps, tariff: tariffToJson(tariff) }
  },
})
