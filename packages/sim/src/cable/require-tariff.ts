import { checkTariff } from '@voltway/vehicle'
import type { HighLevel } from './cable.ts'
import { HighLevelUnusable } from './high-level-unusable.ts'

/** @throws HighLevelUnusable naming the field of the tariff that is wrong */
export const requireTariff = ({ tariff }: Pick<HighLevel, 'tariff'> = {}): void => {
  const checked = tariff && checkTariff(tariff, 'highLevel.tariff')
  if (checked?.ok === false) throw new HighLevelUnusable(checked.failure)
}
