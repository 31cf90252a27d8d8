/** Drivers of the demo besides the one that a visitor signs in as; made up. */
export interface DemoDriver {
  readonly name: string
  readonly vehicle: {
    readonly label: string
    readonly batteryWh: number
    readonly maxAcW: number
    readonly maxDcW: number
    readonly connectorStandards: readonly string[]
  }
}

const CCS = ['IEC_62196_T2_COMBO', 'IEC_62196_T2'] as const
const CHADEMO = ['CHADEMO', 'IEC_62196_T2'] as const

/** The visitor's own car. */
export const VISITOR: DemoDriver = {
  name: 'Alex Morgan',
  vehicle: { label: 'Compact 58', batteryWh: 58_000, maxAcW: 11_000, maxDcW: 120_000, connectorStandards: CCS },
}

export const TOWNSPEOPLE: readonly DemoDriver[] = [
  { name: 'Priya Shah', vehicle: { label: 'Saloon 75', batteryWh: 75_000, maxAcW: 11_000, maxDcW: 170_000, connectorStandards: CCS } },
  { name: 'Tom Ellison', vehicle: { label: 'City 40', batteryWh: 40_000, maxAcW: 6_600, maxDcW: 46_000, connectorStandards: CHADEMO } },
  { name: 'Grace Okafor', vehicle: { label: 'Estate 82', batteryWh: 82_000, maxAcW: 11_000, maxDcW: 250_000, connectorStandards: CCS } },
  { name: 'Hannah Reid', vehicle: { label: 'Hatch 52', batteryWh: 52_000, maxAcW: 22_000, maxDcW: 100_000, connectorStandards: CCS } },
  { name: 'Owen Price', vehicle: { label: 'Van 60', batteryWh: 60_000, maxAcW: 11_000, maxDcW: 80_000, connectorStandards: CCS } },
  { name: 'Lucy Chen', vehicle: { label: 'Coupe 93', batteryWh: 93_000, maxAcW: 11_000, maxDcW: 270_000, connectorStandards: CCS } },
  { name: 'Mark Doyle', vehicle: { label: 'Mini 33', batteryWh: 33_000, maxAcW: 11_000, maxDcW: 50_000, connectorStandards: CCS } },
  { name: 'Lune Buses 101', vehicle: { label: 'Bus 350', batteryWh: 350_000, maxAcW: 22_000, maxDcW: 150_000, connectorStandards: CCS } },
  { name: 'Lune Buses 102', vehicle: { label: 'Bus 350', batteryWh: 350_000, maxAcW: 22_000, maxDcW: 150_000, connectorStandards: CCS } },
  { name: 'Erin Walsh', vehicle: { label: 'Leafy 62', batteryWh: 62_000, maxAcW: 6_600, maxDcW: 100_000, connectorStandards: CHADEMO } },
]
