import '../kit.ts'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatDateTime, formatEnergy, formatTime } from '@voltway/ui'
import { useState } from 'react'
import { plansQuery } from '../api/queries.ts'
import type { Plan, Plans, Wish } from '../api/types.ts'
import { Empty, Failure, Notice, Waiting } from '../layout/states.tsx'
import { text } from '../text.ts'
import { isAtFields } from './choice-faults.ts'
import { choosePlan } from './choose-plan.ts'
import { minimumText } from './minimum-text.ts'
import { PlanCard } from './plan-card.tsx'
import { useTakePlan } from './use-take-plan.ts'

const MISSING = {
  nothingAsked: 'impossibleNothing',
  noPower: 'impossibleNoPower',
  tooLittleTime: 'impossibleTime',
  slotsTaken: 'impossibleSlots',
  priceCap: 'impossibleCap',
  batteryFull: 'impossibleBattery',
  powerLimits: 'impossiblePower',
} as const
/** A plan that begins within this can be started at once. */
const SOON_MS = 5 * 60_000

const Missing = ({ impossible }: { readonly impossible: Plans['impossible'] | undefined }) =>
  impossible ? (
    <Notice tone="warn">
      {text(MISSING[impossible.code as keyof typeof MISSING] ?? 'impossibleOther', { energy: formatEnergy(impossible.shortfallWh) })}
    </Notice>
  ) : null

const identity = ({ kind, start, end }: Plan) => `${kind} ${start} ${end}`

export interface OffersProps {
  readonly wish: Wish
  readonly timeZone: string
  readonly now: number
}

/** The offers for a wish: one is chosen already, and one press takes it. */
export const Offers = ({ wish, timeZone, now }: OffersProps) => {
  const query = useQuery(plansQuery(wish))
  const [picked, setPicked] = useState<string>()
  const take = useTakePlan(wish.evseCode, wish.vehicleId)
  if (query.isPending) return <Waiting />
  if (query.isError && isAtFields(query.error)) return <Notice tone="bad">{text('choicesMarked')}</Notice>
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  const { plans } = query.data
  const from = wish.arrival ?? new Date(now).toISOString()
  const chosen = plans.find((plan) => identity(plan) === picked) ?? choosePlan(plans, Date.parse(from), wish.waitingMicrosPerHour ?? '0')
  const short = chosen && minimumText(chosen, timeZone)
  const span = { from, to: wish.departure ?? from }
  return (
    <>
      <Missing impossible={query.data.impossible} />
      {short !== undefined && <Notice tone="warn">{short}</Notice>}
      {plans.length === 0 && !query.data.impossible && <Empty>{text('noPlans')}</Empty>}
      <div
        role="radiogroup"
        aria-label={text('plans')}
        className={query.isPlaceholderData ? 'vw-stale' : undefined}
        aria-busy={query.isPlaceholderData}
      >
        {plans.map((plan) => (
          <PlanCard
            key={identity(plan)}
            plan={plan}
            answer={query.data}
            span={span}
            timeZone={timeZone}
            chosen={plan === chosen}
            onChoose={() => setPicked(identity(plan))}
          />
        ))}
      </div>
      {take.error && <Failure error={take.error} onRetry={() => void query.refetch()} />}
      {take.nearestFreeStart && <Notice>{text('nearestFree', { at: formatDateTime(take.nearestFreeStart, timeZone) })}</Notice>}
      {chosen && (
        <div className="vw-actions vw-actions-end">
          <Button size="lg" loading={take.pending} disabled={query.isPlaceholderData} onClick={() => take.reserve(chosen)}>
            {text('reserveFor', { at: formatTime(chosen.start, timeZone) })}
          </Button>
          {Date.parse(chosen.start) - now < SOON_MS && (
            <Button size="lg" variant="default" disabled={query.isPlaceholderData} onClick={() => take.start(chosen)}>
              {text('startNow')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}
