import { readFile } from 'node:fs/promises'
import { parseTariff, type Tariff } from '@voltway/domain/tariffs'
import { currency } from '@voltway/units'
import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'

/** The price list of a replay that names none: day and night, and a fee for staying long after charging. */
export const DEFAULT_TARIFF: Tariff = {
  kind: 'elements',
  name: 'Day and night',
  currency: currency('EUR'),
  timeZone: 'UTC',
  vat: { ratePpm: 200_000n, pricesInclude: true },
  elements: [
    { name: 'Night', perKwh: 290_000n, when: { startTime: '22:00', endTime: '07:00' } },
    { name: 'Day', perKwh: 450_000n },
  ],
  idle: { perMinute: 50_000n, graceMinutes: 30, cap: 10_000_000n },
}

/** @throws CommandFailure naming each field of the file that is wrong */
export const loadTariff = async (file: string): Promise<Tariff> => {
  const json: unknown = await readFile(file, 'utf8')
    .then(JSON.parse)
    .catch((error: unknown) => {
      const cause = error instanceof Error ? error.message : String(error)
      throw new CommandFailure(`${file} is not a tariff in JSON: ${cause}`, undefined, EXIT.usage)
    })
  const parsed = parseTariff(json)
  if (parsed.ok) return parsed.value
  const faults = parsed.failure.map(({ path, message }) => `\n  ${path}: ${message}`)
  throw new CommandFailure(`${file} is not a tariff:${faults.join('')}`, undefined, EXIT.usage)
}

/** A price list holds on the wall clock of the site where it is used. */
export const tariffIn = (tariff: Tariff, timeZone: string): Tariff => ({ ...tariff, timeZone })
