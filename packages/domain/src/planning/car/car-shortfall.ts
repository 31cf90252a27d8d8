import { epochMs } from '@voltway/units'
import { planPower } from '../plan-context.ts'
import type { CarShortfallCause } from './car-plan.ts'
import { bestReach, reachOf } from './car-reach.ts'
import { type CarStage, stageCells } from './car-stage.ts'
import type { CarContext } from './car-wish.ts'
import { chargeTable } from './charge-table.ts'

/** The most of the possible energy that a start can have when nobody else has booked. */
const mostWhenFree = (stage: CarStage, context: CarContext): number => {
  const { stay, wish, possible } = stage
  if (stay.start >= stay.end) return 0
  const table = chargeTable(possible, Math.max(1, possible / 1_000), context)
  const mayPause = !wish.uninterrupted
  return bestReach(reachOf([stageCells(stay, wish, context)], { table, minimum: undefined, mayPause })).inAll
}

/** Why not all that is asked can be had: of several causes the first that alone would be enough. */
export const shortfallCause = (stage: CarStage, inAll: number): CarShortfallCause => {
  const { context, asked, possible, stay } = stage
  if (planPower(context) === 0) return 'noPower'
  if (possible < asked) return 'batteryFull'
  const { powerLimits: _, ...unlimited } = context
  if (mostWhenFree(stage, unlimited) < asked || epochMs(stay.end) <= stay.start) return 'tooLittleTime'
  if (mostWhenFree(stage, context) < asked) return 'powerLimits'
  return inAll < asked ? 'slotsTaken' : 'priceCap'
}
