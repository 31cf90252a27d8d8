import { parseTariff, type Tariff } from '@voltway/domain/tariffs'
import { listTariffs, type TariffRow, type Tx } from '@voltway/store'
import type { TariffId, TenantId } from '@voltway/units'
import { found, Problem } from '../problems.ts'

/** @throws Problem NOT_FOUND */
export const findTariff = async (tx: Tx, tenantId: TenantId, id: string): Promise<TariffRow> =>
  found((await listTariffs(tx, tenantId, { id: id as TariffId }))[0], 'tariff')

/** A tariff of a request or of the database. @throws Problem TARIFF_INVALID naming every field at fault */
export const readTariff = (definition: unknown, path = 'body.definition'): Tariff => {
  const parsed = parseTariff(definition)
  if (parsed.ok) return parsed.value
  const errors = parsed.failure.map((fault) => ({ path: [path, fault.path].filter(Boolean).join('.'), message: fault.message }))
  throw new Problem('TARIFF_INVALID', errors[0] && `${errors[0].path} ${errors[0].message}.`, { errors })
}
