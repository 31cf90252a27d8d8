import { type TSchema, Type } from 'typebox'
import { named, ref } from './ref.ts'

export const Uuid = Type.String({ format: 'uuid' })
/** An instant, ISO 8601 with its offset; answers are in UTC. */
export const Instant = Type.String({ format: 'date-time' })
export const Text = (maxLength = 200) => Type.String({ minLength: 1, maxLength })
/** An integer that JSON numbers may not hold: decimal digits. */
export const BigDecimal = Type.String({ pattern: '^-?[0-9]{1,20}$' })
export const Watts = Type.Number({ description: 'W' })
export const WattHours = Type.Number({ description: 'Wh' })

/** One of these words. */
export const OneOf = <const Words extends readonly string[]>(words: Words) =>
  Type.Unsafe<Words[number]>({ type: 'string', enum: [...words] })

export const MoneyView = named(
  'Money',
  Type.Object({
    currency: Type.String({ description: 'ISO 4217' }),
    micros: Type.String({ description: 'Millionths of the currency unit' }),
  }),
)
export const Money = ref(MoneyView)

export const IdParams = Type.Object({ id: Uuid })
export const Nothing = Type.Object({})
export const Done = Type.Object({ ok: Type.Boolean() })

export const listOf = <Item extends TSchema>(item: Item) =>
  Type.Object({ items: Type.Array(item), nextCursor: Type.Optional(Type.String()) })

/** Query fields of every paged list. */
export const page = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
}
/** Query fields of every list and chart over time. */
export const period = { from: Type.Optional(Instant), to: Type.Optional(Instant) }

export const Json = Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', additionalProperties: true })
export const AnyJson = Type.Unsafe<unknown>({})
