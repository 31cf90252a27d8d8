import type { commonMessages } from '@voltway/wire/iso15118'
import type { MeterReading } from '../../machine/charging.ts'
import { optional } from '../rational.ts'
import type { SeccSession } from './state.ts'

/** EVSEStatus where the station wants something of the car; nothing where not. */
export const statusOf = ({ station, facts }: SeccSession): { readonly EVSEStatus?: commonMessages.EVSEStatusType } => {
  const asked = station.receiptWanted || facts.confirmationDue ? ({ notification: 'MeteringConfirmation', within: 0 } as const) : undefined
  const wish = station.wish ?? asked
  if (wish === undefined) return {}
  return {
    EVSEStatus: {
      NotificationMaxDelay: Math.max(0, Math.min(65_535, Math.round(wish.within))),
      EVSENotification: wish.notification,
    },
  }
}

const counted = (value: number): bigint => BigInt(Math.max(0, Math.round(value)))

export const meterInfoOf = (meter: MeterReading): commonMessages.MeterInfoType => ({
  MeterID: meter.meterId.slice(0, 32),
  ChargedEnergyReadingWh: counted(meter.energy ?? 0),
  ...optional('BPT_DischargedEnergyReadingWh', meter.dischargedEnergy, counted),
  ...optional('MeterSignature', meter.signature, (signature) => signature),
  ...optional('MeterStatus', meter.status, (status) => status),
  ...optional('MeterTimestamp', meter.at, counted),
})

/** MeterInfo where the car asked for it or is to confirm it. */
export const meterOf = ({ station, facts }: SeccSession, requested: boolean): { readonly MeterInfo?: commonMessages.MeterInfoType } =>
  station.meter !== undefined && (requested || station.receiptWanted || facts.confirmationDue)
    ? { MeterInfo: meterInfoOf(station.meter) }
    : {}
