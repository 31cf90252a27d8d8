import { iso2 } from '@voltway/wire/iso15118'
import type { SignedPart } from '../machine/crypto.ts'

/** What is signed of a list of schedules: each of its tariffs once. Undefined where there is none, or one that cannot be signed. */
export const tariffParts = ({ SAScheduleTuple }: iso2.SAScheduleListType): readonly SignedPart[] | undefined => {
  const parts = new Map<string, SignedPart>()
  for (const { SalesTariff } of SAScheduleTuple) {
    if (SalesTariff === undefined) continue
    const exi = iso2.codec.fragment.encode({ root: 'SalesTariff', value: SalesTariff }, { lenient: true })
    if (SalesTariff.Id === undefined || !exi.ok) return undefined
    parts.set(SalesTariff.Id, { id: SalesTariff.Id, exi: exi.value })
  }
  return parts.size === 0 ? undefined : [...parts.values()]
}
