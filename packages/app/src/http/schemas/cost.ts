import { type Static, Type } from 'typebox'
import { Money } from './common.ts'
import { named } from './ref.ts'

export const CostView = named(
  'Cost',
  Type.Object({
    currency: Type.String(),
    total: Money,
    net: Money,
    vat: Money,
    vatRatePpm: Type.String(),
    lines: Type.Array(
      Type.Object({
        dimension: Type.String(),
        label: Type.String(),
        quantity: Type.Number(),
        unit: Type.String(),
        unitPrice: Money,
        amount: Money,
        isCapped: Type.Optional(Type.Boolean({ description: 'A cap made the amount less than quantity and unit price come to.' })),
      }),
    ),
  }),
)
export type CostView = Static<typeof CostView>
