import { parseTariff } from '@voltway/domain/tariffs'
import type { TariffRow } from '@voltway/store'
import { isoOf } from '@voltway/units'
import type { TariffView } from '../schemas/tariff.ts'
import { tariffSummary } from './price-text.ts'

export const tariffView = (row: TariffRow): TariffView => {
  const parsed = parseTariff(row.definition)
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    definition: row.definition,
    summary: parsed.ok ? tariffSummary(parsed.value) : '',
    updatedAt: isoOf(row.updatedAt),
    usedBy: { sites: row.sites, evses: row.evses },
  }
}
