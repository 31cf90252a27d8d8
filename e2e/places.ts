import { loadTemplate, type TemplateName } from '@voltway/sim'

/** 0.45 GBP per kWh, VAT included. */
export const FLAT = {
  kind: 'elements',
  name: 'Flat',
  currency: 'GBP',
  timeZone: 'Europe/London',
  vat: { ratePpm: '200000', pricesInclude: true },
  elements: [{ perKwh: '450000' }],
}

/** Where the sites of tests are. */
export const LEEDS = {
  address: '1 Quay',
  city: 'Leeds',
  country: 'GB',
  latitude: 53.8,
  longitude: -1.55,
  timeZone: 'Europe/London',
  currency: 'GBP',
} as const

/** The EVSEs of a simulated station, as its operator registers them. */
export const evsesOf = (template: TemplateName) =>
  loadTemplate(template).evses.map(({ currentType, maxPowerW, phases, standard }) => ({
    currentType,
    maxPowerW,
    phases,
    connectors: [{ standard, maxPowerW }],
  }))
