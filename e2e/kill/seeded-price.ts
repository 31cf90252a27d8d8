import type { PriceOf } from './check-bills.ts'

/** By the seeded tariff: 0.45 per kWh and 0.20 per session, VAT included. */
export const priceOf: PriceOf = (importWh) => BigInt(importWh) * 450n + 200_000n
