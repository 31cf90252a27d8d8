import { epochMs } from '@voltway/units'
import { acceptedPower, type Battery, charged, FAST_CURVE, roomBelow } from './battery.ts'
import type { CarIdentity } from './cable/cable.ts'
import type { Vehicle } from './vehicle.ts'

export interface CarModel {
  readonly label: string
  readonly batteryWh: number
  /** Of the on-board charger, by phases used; the battery itself is charged through it on AC. */
  readonly maxAcW: { readonly 1: number; readonly 3: number }
  /** Given where it uses one phase only, also at an EVSE that has three. */
  readonly acPhases?: 1
  readonly maxDcW: number
  /** What it can give back; 0 for a car without V2G. */
  readonly maxDischargeW: number
  /** Energy into the battery per energy metered. */
  readonly efficiency: { readonly AC: number; readonly DC: number }
}

export interface CarState {
  readonly socPercent: number
  /** Where the driver's own charge limit stands. */
  readonly targetPercent?: number
  /** Speaks ISO 15118 by this name. */
  readonly identity?: CarIdentity | undefined
  /** How finely the curve is followed, in simulated milliseconds. */
  readonly stepMs?: number
}

/** Never lets V2G empty a car. */
const LOWEST_DISCHARGE_PERCENT = 20

/** A car with a real charging curve, at the cable from now on. */
export function createCar(model: CarModel, { socPercent, targetPercent = 100, stepMs = 5_000, identity }: CarState): Vehicle {
  let battery: Battery = { capacityWh: model.batteryWh, socPercent, peakW: model.maxDcW, curve: FAST_CURVE }
  let givesW = 0
  let known = identity

  return {
    label: model.label,
    batteryWh: model.batteryWh,
    maxPowerW: model.maxDcW,
    maxDischargeW: model.maxDischargeW,
    get identity() {
      return known
    },
    keepIdentity: (kept) => {
      known = kept
    },
    ...(model.acPhases && { acPhases: model.acPhases }),
    socPercent: () => battery.socPercent,
    lackingWh: (currentType) => roomBelow(battery, targetPercent) / model.efficiency[currentType],
    giveBack: (powerW) => {
      if (powerW > 0 && model.maxDischargeW === 0) return false
      givesW = Math.min(powerW, model.maxDischargeW)
      return true
    },
    wantedW: (_at, { powerW, currentType, phases }) => {
      if (givesW > 0) return battery.socPercent > LOWEST_DISCHARGE_PERCENT ? -Math.min(givesW, powerW) : 0
      if (roomBelow(battery, targetPercent) < 1) return 0
      const inlet = currentType === 'AC' ? model.maxAcW[phases] : model.maxDcW
      return Math.min(powerW, inlet, acceptedPower(battery) / model.efficiency[currentType])
    },
    draw: ({ from, to }, powerW, currentType) => {
      const efficiency = model.efficiency[currentType]
      const metered = (Math.abs(powerW) * (to - from)) / 3_600_000
      if (powerW < 0) {
        const given = Math.min(metered, roomAbove(battery) * efficiency)
        battery = charged(battery, -given / efficiency)
        return { importWh: 0, exportWh: given }
      }
      const taken = Math.min(metered, roomBelow(battery, targetPercent) / efficiency)
      battery = charged(battery, taken * efficiency)
      return { importWh: taken, exportWh: 0 }
    },
    isFull: () => givesW === 0 && roomBelow(battery, targetPercent) < 1,
    nextLook: (at) => (givesW > 0 || roomBelow(battery, targetPercent) >= 1 ? epochMs(at + stepMs) : undefined),
  }
}

const roomAbove = ({ capacityWh, socPercent }: Battery) => Math.max(0, ((socPercent - LOWEST_DISCHARGE_PERCENT) * capacityWh) / 100)
