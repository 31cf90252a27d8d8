import { checkTariff, type OptionFailure, type TariffFailure } from '@voltway/vehicle'
import type { HighLevel } from './cable.ts'

/** A station that no car could talk with as it is configured. */
export class HighLevelUnusable extends Error {
  readonly code: OptionFailure['code'] | TariffFailure['code']
  readonly field: string
  constructor({ code, field, message }: OptionFailure | TariffFailure) {
    super(message)
    this.code = code
    this.field = field
  }
}

/** @throws HighLevelUnusable naming the field of the tariff that is wrong */
export const requireTariff = ({ tariff }: Pick<HighLevel, 'tariff'> = {}): void => {
  const checked = tariff && checkTariff(tariff)
  if (checked?.ok === false) throw new HighLevelUnusable(checked.failure)
}
