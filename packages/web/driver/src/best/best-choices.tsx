import '../kit.ts'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatDateTime, formatDuration, formatEnergy, formatMoney, formatTime } from '@voltway/ui'
import { useState } from 'react'
import { networkPlansQuery } from '../api/queries.ts'
import type { NetworkChoice, NetworkWish } from '../api/types.ts'
import { formatDistance } from '../find/format-distance.ts'
import { Failure, Notice, Waiting } from '../layout/states.tsx'
import { useTakePlan } from '../plan/use-take-plan.ts'
import { CostLines } from '../session/cost-lines.tsx'
import { text } from '../text.ts'

const WHY_NONE = { nothingFits: 'bestNothingFits', tooDear: 'bestTooDear', taken: 'bestTaken' } as const

const whenOf = ({ plan, timeZone }: NetworkChoice) => `${formatDateTime(plan.start, timeZone)} – ${formatTime(plan.end, timeZone)}`

/** The way and the wait, which are part of what a place costs. */
const burdenOf = ({ distanceM, waitMinutes }: NetworkChoice) =>
  [
    distanceM === undefined ? undefined : text('bestWay', { distance: formatDistance(distanceM) }),
    waitMinutes > 0 ? text('bestWait', { time: formatDuration(waitMinutes * 60_000) }) : text('bestNoWait'),
  ]
    .filter((part) => part !== undefined)
    .join(' · ')

interface ChoiceProps {
  readonly choice: NetworkChoice
  readonly chosen: boolean
  readonly onChoose: () => void
}

const Choice = ({ choice, chosen, onChoose }: ChoiceProps) => {
  const { plan, siteName, stationName, evseLabel, address, evseCode } = choice
  return (
    <div className={chosen ? 'vw-card vw-plan vw-plan-chosen' : 'vw-card vw-plan'}>
      <label className="vw-plan-head">
        <input type="radio" name="choice" checked={chosen} onChange={onChoose} />
        <span className="vw-plan-name">
          <strong>{siteName}</strong>
          <span className="vw-number">{whenOf(choice)}</span>
          <span className="vw-muted vw-number">
            {formatEnergy(plan.energyWh)} · {formatDuration(Date.parse(plan.end) - Date.parse(plan.start))}
          </span>
        </span>
        <strong className="vw-plan-cost vw-number">{formatMoney(plan.cost.total)}</strong>
      </label>
      <p className="vw-reasons">{burdenOf(choice)}</p>
      {chosen && (
        <>
          <p className="vw-muted">{[...new Set([stationName, evseLabel, address])].join(' · ')}</p>
          <CostLines cost={plan.cost} />
          <Link to="/plan/$code" params={{ code: evseCode }}>
            {text('bestOtherTimes')}
          </Link>
        </>
      )}
    </div>
  )
}

/** Places and starts for a wish, the best first: it is chosen already, and one press reserves it. */
export const BestChoices = ({ wish }: { readonly wish: NetworkWish }) => {
  const query = useQuery(networkPlansQuery(wish))
  const [picked, setPicked] = useState<string>()
  const choices = query.data?.choices ?? []
  const chosen = choices.find(({ evseCode }) => evseCode === picked) ?? choices[0]
  const take = useTakePlan(chosen?.evseCode ?? '', wish.vehicleId)
  if (query.isPending) return <Waiting />
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  const none = query.data.impossible?.code as keyof typeof WHY_NONE | undefined
  return (
    <>
      {none !== undefined && <Notice tone="warn">{text(WHY_NONE[none] ?? 'bestNothingFits')}</Notice>}
      <div
        role="radiogroup"
        aria-label={text('bestForMe')}
        className={query.isPlaceholderData ? 'vw-stale' : undefined}
        aria-busy={query.isPlaceholderData}
      >
        {choices.map((choice) => (
          <Choice key={choice.evseCode} choice={choice} chosen={choice === chosen} onChoose={() => setPicked(choice.evseCode)} />
        ))}
      </div>
      {take.error && <Failure error={take.error} onRetry={() => void query.refetch()} />}
      {chosen && (
        <div className="vw-actions vw-actions-end">
          <Button size="lg" loading={take.pending} disabled={query.isPlaceholderData} onClick={() => take.reserve(chosen.plan)}>
            {text('reserveFor', { at: formatTime(chosen.plan.start, chosen.timeZone) })}
          </Button>
        </div>
      )}
    </>
  )
}
