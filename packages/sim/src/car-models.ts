import type { CarModel } from './car.ts'

const EFFICIENCY = { AC: 0.9, DC: 0.95 }

/** Cars of the common classes; names are invented. */
export const CAR_MODELS: readonly CarModel[] = [
  {
    label: 'City car',
    batteryWh: 36_000,
    maxAcW: { 1: 7_400, 3: 7_400 },
    acPhases: 1,
    maxDcW: 50_000,
    maxDischargeW: 0,
    efficiency: EFFICIENCY,
  },
  {
    label: 'Hatchback',
    batteryWh: 58_000,
    maxAcW: { 1: 7_400, 3: 11_000 },
    maxDcW: 120_000,
    maxDischargeW: 10_000,
    efficiency: EFFICIENCY,
  },
  { label: 'Estate', batteryWh: 77_000, maxAcW: { 1: 7_400, 3: 11_000 }, maxDcW: 170_000, maxDischargeW: 0, efficiency: EFFICIENCY },
  {
    label: 'Long-range saloon',
    batteryWh: 93_000,
    maxAcW: { 1: 7_400, 3: 22_000 },
    maxDcW: 270_000,
    maxDischargeW: 0,
    efficiency: EFFICIENCY,
  },
  {
    label: 'Delivery van',
    batteryWh: 68_000,
    maxAcW: { 1: 7_400, 3: 11_000 },
    maxDcW: 80_000,
    maxDischargeW: 11_000,
    efficiency: EFFICIENCY,
  },
]
