import type { Tariff } from './tariff.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

const jsonOf = (value: unknown): Json => {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map(jsonOf)
  if (typeof value !== 'object' || value === null) return null
  return Object.fromEntries(Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [[key, jsonOf(part)] as const])))
}

/** The JSON form that `parseTariff` reads: bigints as decimal strings, instants as epoch milliseconds. */
export const tariffToJson = (tariff: Tariff): { readonly [key: string]: Json } =>
  Object.fromEntries(Object.entries(tariff).flatMap(([key, part]) => (part === undefined ? [] : [[key, jsonOf(part)] as const])))
