import { seconds, watts } from '@voltway/units'
import { type ChargingNeeds, type PriceLevels, pricesFrom, type ScheduleOffer } from '@voltway/vehicle'
import { compositeSchedule } from '../charging/composite-schedule.ts'
import type { SimEvse, StationCore } from '../station/core.ts'
import { limitContext } from '../station/supply.ts'

/** A day, where the car does not say when it leaves; ISO 15118-2 wants a schedule to reach that far. */
const DAY_SECONDS = 86_400
/** ISO 15118-2 has room for so many intervals. */
const MOST_INTERVALS = 12
/** SalesTariffID of ISO 15118-2 is a byte, from 1. */
const TARIFF_IDS = 255

/** What the server said about prices with the plan of this transaction, as intervals from now; what is over is left out. */
const pricesNow = (core: StationCore, { transaction }: SimEvse): PriceLevels | undefined => {
  const plan = core.profiles.find(({ purpose, transactionId }) => purpose === 'tx' && transactionId === transaction?.id)
  if (!transaction || !plan?.prices) return undefined
  const { id, levels, entries } = plan.prices
  const gone = Math.max(0, Math.floor((core.clock.now() - plan.setAt) / 1_000))
  const left = entries.flatMap(({ startSeconds, durationSeconds, level }, index) => {
    const end = durationSeconds === undefined ? entries[index + 1]?.startSeconds : startSeconds + durationSeconds
    if (end !== undefined && end <= gone) return []
    const start = Math.max(0, startSeconds - gone)
    return [{ start: seconds(start), level, ...(end !== undefined && { duration: seconds(end - gone - start) }) }]
  })
  return left.length === 0 ? undefined : { form: 'levels', id: ((id - 1) % TARIFF_IDS) + 1, levels, entries: left }
}

/** From now, in seconds, where the car says when it leaves; and the form of prices that it agreed on. */
export type OfferWanted = Pick<ChargingNeeds, 'departure' | 'prices'>

/**
 * What the station's charging profiles leave for a car, as one schedule, with the prices that came with its plan; for a car that agreed on prices in
 * money, with those of the station itself.
 */
export const scheduleOffer = (
  core: StationCore,
  evse: SimEvse,
  { departure: departureSeconds, prices: forms }: OfferWanted,
): ScheduleOffer => {
  const durationSeconds = Math.max(60, Math.ceil(departureSeconds ?? DAY_SECONDS))
  const { maxPowerW, maxDischargeW } = evse.template
  const periods = compositeSchedule(core.profiles, limitContext(evse), { from: core.clock.now(), durationSeconds, maxPowerW })
  const kept = periods.slice(0, MOST_INTERVALS)
  const power = kept.map(({ startSeconds, limitW }) => ({
    start: seconds(startSeconds),
    maxPower: watts(Math.round(limitW)),
    ...(maxDischargeW !== undefined && { maxDischargePower: watts(maxDischargeW) }),
  }))
  const last = power.at(-1)
  const ended = last ? [...power.slice(0, -1), { ...last, duration: seconds(durationSeconds - last.start) }] : power
  const tariff = forms.includes('absolute') ? core.highLevel?.tariff : undefined
  const prices = tariff ? pricesFrom(tariff, core.clock.now(), durationSeconds) : pricesNow(core, evse)
  return { id: 1, power: ended, ...(prices && { prices }) }
}
