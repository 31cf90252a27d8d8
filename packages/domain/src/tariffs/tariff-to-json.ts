import type { Tariff } from './tariff.ts'
import { type JsonObject, toJson } from './to-json.ts'

/** The JSON form that `parseTariff` reads: bigints as decimal strings, instants as epoch milliseconds. */
export const tariffToJson = (tariff: Tariff): JsonObject => toJson(tariff)
