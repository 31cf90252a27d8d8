import { type ElementTariff, PAPER_TARIFF, type Tariff } from '@voltway/domain/tariffs'
import { currency } from '@voltway/units'
import type { DemoTariff } from './city.ts'

const gbp = (pounds: number) => BigInt(Math.round(pounds * 1_000_000))
const head = { currency: currency('GBP'), timeZone: 'Europe/London', vat: { ratePpm: 200_000n, pricesInclude: true } } as const

const home: ElementTariff = {
  ...head,
  kind: 'elements',
  name: 'Home night and day',
  elements: [
    { name: 'Night', perKwh: gbp(0.12), when: { startTime: '00:30', endTime: '05:30' } },
    { name: 'Day', perKwh: gbp(0.27) },
  ],
}
const rapid: ElementTariff = {
  ...head,
  kind: 'elements',
  name: 'Rapid',
  elements: [
    { name: 'Evening peak', perKwh: gbp(0.79), when: { startTime: '16:00', endTime: '20:00' } },
    { name: 'Standard', perKwh: gbp(0.62) },
  ],
  idle: { perMinute: gbp(0.4), graceMinutes: 10, cap: gbp(20) },
}
const depot: ElementTariff = {
  ...head,
  kind: 'elements',
  name: 'Depot',
  elements: [
    {
      name: 'Winter weekday peak',
      perKwh: gbp(0.41),
      when: {
        startTime: '16:00',
        endTime: '19:00',
        weekdays: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
        seasonStart: '11-01',
        seasonEnd: '02-28',
      },
    },
    { name: 'Night', perKwh: gbp(0.16), when: { startTime: '23:00', endTime: '06:00' } },
    { name: 'Day', perKwh: gbp(0.24), perSession: gbp(0.5) },
  ],
}

/** The demo's price lists; the car park uses the EVCMS paper's formula. */
export const DEMO_TARIFFS: Readonly<Record<DemoTariff, Tariff>> = {
  home,
  rapid,
  depot,
  parking: { ...PAPER_TARIFF, name: 'Market Square (time of use)', idle: { perMinute: gbp(0.05), graceMinutes: 30, cap: gbp(5) } },
}
