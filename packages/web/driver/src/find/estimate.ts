import type { PublicEvse, Vehicle } from '../api/types.ts'

/** Most stops fill a battery from 20 to 80 %; a tenth is lost between meter and battery. */
const [FROM, TO, EFFICIENCY] = [0.2, 0.8, 0.9]
const WITHOUT_CAR_WH = 30_000

/** Metered Wh of a typical charge of this car. */
export const typicalEnergyWh = (vehicle: Vehicle | undefined) =>
  vehicle ? Math.round((vehicle.batteryWh * (TO - FROM)) / EFFICIENCY / 100) * 100 : WITHOUT_CAR_WH

/** What charger and car can do together, in W; 0 where the car cannot charge. */
export const powerTogether = (evse: PublicEvse, vehicle: Vehicle | undefined) => {
  if (!vehicle) return evse.maxPowerW
  if (!fits(evse, vehicle)) return 0
  return Math.min(evse.maxPowerW, evse.currentType === 'AC' ? vehicle.maxAcW : (vehicle.maxDcW ?? 0))
}

export const fits = (evse: PublicEvse, vehicle: Vehicle) => evse.standards.some((standard) => vehicle.connectorStandards.includes(standard))

/** The parts of a price in words, such as `0.45/kWh + 0.05/min`: the first amount before a unit. */
const partOf = (price: string, unit: string) => {
  const found = new RegExp(String.raw`(\d+(?:\.\d+)?)(?: to \d+(?:\.\d+)?)?/${unit}`).exec(price)?.[1]
  return found === undefined ? 0 : Number(found)
}

export interface Estimate {
  readonly micros: string
  readonly minutes: number
  readonly energyWh: number
}

/** What a typical charge costs at the price of this moment, to compare places by; offers are priced by the platform. */
export const estimateOf = (evse: PublicEvse, vehicle: Vehicle | undefined): Estimate | undefined => {
  const power = powerTogether(evse, vehicle)
  if (power === 0 || !evse.pricePerKwhNow) return undefined
  const energyWh = typicalEnergyWh(vehicle)
  const minutes = Math.round((energyWh / power) * 60)
  // An idle fee is no part of a session that ends in time.
  const fixed = evse.tariffSummary
    .split(' + ')
    .filter((part) => !part.includes('idle'))
    .join(' + ')
  const extra = partOf(fixed, 'min') * minutes + partOf(fixed, 'session')
  return { micros: String(Math.round((Number(evse.pricePerKwhNow.micros) * energyWh) / 1000 + extra * 1e6)), minutes, energyWh }
}
