import { type EpochMs, epochMs } from '@voltway/units'
import type { Vehicle } from '../vehicle.ts'
import type { RecordedSession } from './recording.ts'

const MS_PER_HOUR = 3_600_000

/** What a recorded session drew: constant power from arrival until its energy is in, then nothing until departure. */
export interface RecordedDraw {
  readonly powerW: number
  readonly from: EpochMs
  readonly until: EpochMs
}

/** At the recorded power, or spread over the whole stay where it is unknown; never too slow for the recorded energy. */
export function drawOf({ arrival, departure, energyWh, maxPowerW }: RecordedSession): RecordedDraw {
  const average = (energyWh * MS_PER_HOUR) / (departure - arrival)
  const powerW = Math.max(maxPowerW ?? 0, average)
  const until = powerW === 0 ? arrival : Math.min(departure, Math.ceil(arrival + (energyWh * MS_PER_HOUR) / powerW))
  return { powerW, from: arrival, until: epochMs(until) }
}

/** A car that takes exactly what was recorded, whatever it is offered. */
export function recordedVehicle(session: RecordedSession): Vehicle {
  const draw = drawOf(session)
  const { energyWh, soc } = session
  let takenWh = 0
  const energyAt = (at: EpochMs) =>
    at >= draw.until ? energyWh : Math.min(energyWh, (draw.powerW * Math.max(0, at - draw.from)) / MS_PER_HOUR)
  return {
    label: session.user || 'Recorded car',
    batteryWh: undefined,
    maxPowerW: Math.ceil(draw.powerW),
    maxDischargeW: 0,
    socPercent: () =>
      soc && (energyWh === 0 ? soc.startPercent : soc.startPercent + ((soc.endPercent - soc.startPercent) * takenWh) / energyWh),
    lackingWh: () => undefined,
    wantedW: (at) => (at < draw.until ? draw.powerW : 0),
    draw: ({ from, to }) => {
      takenWh = energyAt(to)
      return { importWh: energyAt(to) - energyAt(from), exportWh: 0 }
    },
    isFull: () => false,
    nextLook: (at) => (at < draw.until ? draw.until : undefined),
    giveBack: () => false,
  }
}
