import { parseTariff } from '@voltway/domain/tariffs'
import type { SessionListRow } from '@voltway/store'
import { isoOf, moneyToJson } from '@voltway/units'
import { type CostJson, costFromJson } from '../../jobs/cost-to-json.ts'
import { given } from '../given.ts'
import type { CostView } from '../schemas/cost.ts'
import type { SessionView } from '../schemas/session.ts'
import { costView } from './cost-view.ts'
import { evseLabel } from './evse-label.ts'
import { storedPlan } from './plan-view.ts'
import { iso } from './times.ts'

const isCost = (json: unknown): json is CostJson => typeof json === 'object' && json !== null && 'totalMicros' in json && 'lines' in json

/** The cost that the projector keeps beside a session, in the API's words. */
export const storedCost = (json: unknown): CostView | undefined => (isCost(json) ? costView(costFromJson(json)) : undefined)

/** The idle fee of the frozen tariff, as its driver is told it. */
const idleFeeOf = (json: unknown): SessionView['idleFee'] => {
  const parsed = json ? parseTariff(json) : undefined
  if (!parsed?.ok || !parsed.value.idle) return undefined
  const { currency, idle } = parsed.value
  return { perMinute: moneyToJson({ currency, micros: idle.perMinute }), graceMinutes: idle.graceMinutes }
}

export const sessionView = (row: SessionListRow): SessionView =>
  given({
    id: row.id,
    state: row.state,
    chargingState: row.chargingState,
    stationId: row.stationId,
    stationName: row.stationName,
    siteId: row.siteId,
    siteName: row.siteName,
    timeZone: row.timeZone,
    evseId: row.evseId,
    evseLabel: row.evseId === null ? undefined : evseLabel({ standards: row.standards ?? [], side: row.evseSide }),
    evseCode: row.evseCode,
    driverId: row.driverId,
    driverName: row.driverName,
    vehicleId: row.vehicleId,
    vehicleLabel: row.vehicleLabel,
    tokenLastFour: row.tokenLastFour,
    reservationId: row.reservationId,
    reservationCode: row.reservationCode,
    startedAt: isoOf(row.startedAt),
    endedAt: iso(row.endedAt),
    chargingEndedAt: iso(row.chargingEndedAt),
    importWh: row.importWh,
    exportWh: row.exportWh,
    powerW: row.powerW,
    socStart: row.socStart,
    socPercent: row.socPercent,
    stopReason: row.stopReason,
    stopRequestedAt: iso(row.stopRequestedAt),
    idleFee: idleFeeOf(row.tariff),
    heldReasons: [...row.heldReasons],
    outcome: row.outcome,
    cost: storedCost(row.cost),
    plan: storedPlan(row.plan),
    endsBy: iso(row.reservationEndsAt),
    // By the station's own word where it has one; else a station keeps the plug locked until the transaction is over.
    unlocked: row.endedAt !== null && !row.plugHeld,
    unlockedAt: row.plug === 'unlocked' ? iso(row.plugAt) : undefined,
    plug: row.plug,
    receiptNumber: row.receiptNumber,
  })
