import { formatDuration, formatEnergy, formatMoney, formatNumber, formatTime, PlanChart } from '@voltway/ui'
import { userLocale } from '@voltway/ui/format'
import type { Plan, Plans } from '../api/types.ts'
import { CostLines } from '../session/cost-lines.tsx'
import { text } from '../text.ts'
import { minimumText } from './minimum-text.ts'
import { proofText } from './proof-text.ts'
import { planName, reasonText } from './reason-text.ts'
import { stretchTexts } from './stretch-text.ts'
import { SunKey, sunWithin } from './sun.tsx'

export interface PlanCardProps {
  readonly plan: Plan
  readonly answer: Plans
  /** What the chart spans: arrival to departure. */
  readonly span: { readonly from: string; readonly to: string }
  readonly timeZone: string
  readonly chosen: boolean
  readonly onChoose: () => void
}

/** As people read it: grams below a kilogram. */
const carbonText = (grams: number) =>
  grams < 1_000
    ? text('carbonGrams', { grams: formatNumber(grams, 0) })
    : text('carbonKilograms', { kilograms: formatNumber(grams / 1_000, 1) })

/** Reasons that a stretch tells with its time. */
const STRETCHES: Readonly<Record<string, string>> = { minimumInTime: 'minimum', lastPartKept: 'lastPart' }

/** What is said of a plan in a line: not what is untrue of it, nor what its stretches say already. */
const saidOf = (plan: Plan, { short, chosen }: { readonly short: boolean; readonly chosen: boolean }) => {
  const isTold = (code: string) => chosen && plan.slots?.some(({ reason }) => reason === STRETCHES[code])
  // As much of a minimum as can be had is not the minimum in time.
  const reasons = plan.reasons.filter(({ code }) => !(short && code === 'minimumInTime') && !isTold(code))
  return [...new Set(reasons.map(reasonText).filter((reason) => reason !== undefined))]
}

const dayShift = (plan: Plan, from: string, timeZone: string) => {
  const dayOf = (iso: string) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(iso))
  if (dayOf(plan.start) === dayOf(from)) return ''
  return `${new Intl.DateTimeFormat(userLocale(), { weekday: 'short', timeZone }).format(new Date(plan.start))} `
}

/** One offer: when, how much, for how much and why; the chosen one shows its course and its price split. */
export const PlanCard = ({ plan, answer, span, timeZone, chosen, onChoose }: PlanCardProps) => {
  const reasons = saidOf(plan, { short: minimumText(plan, timeZone) !== undefined, chosen })
  const solar = sunWithin(answer.solar, span)
  const proof = proofText(plan)
  const stretches = chosen ? stretchTexts(plan, timeZone) : []
  const when = `${dayShift(plan, span.from, timeZone)}${formatTime(plan.start, timeZone)} – ${formatTime(plan.end, timeZone)}`
  return (
    <div className={chosen ? 'vw-card vw-plan vw-plan-chosen' : 'vw-card vw-plan'}>
      <label className="vw-plan-head">
        <input type="radio" name="plan" checked={chosen} onChange={onChoose} />
        <span className="vw-plan-name">
          <strong>{planName(plan)}</strong>
          <span className="vw-number">{when}</span>
          <span className="vw-muted vw-number">
            {formatEnergy(plan.energyWh)} · {formatDuration(Date.parse(plan.end) - Date.parse(plan.start))}
            {plan.carbonGrams !== undefined && ` · ${carbonText(plan.carbonGrams)}`}
          </span>
        </span>
        <strong className="vw-plan-cost vw-number">{formatMoney(plan.cost.total)}</strong>
      </label>
      {reasons.length > 0 && <p className="vw-reasons">{reasons.join(' · ')}</p>}
      {chosen && (
        <>
          <PlanChart
            from={span.from}
            to={span.to}
            timeZone={timeZone}
            prices={answer.priceLine}
            busy={answer.busy}
            {...(solar.length > 0 && { solar })}
            curve={plan.curve}
            label={text('planChartLabel', { when, cost: formatMoney(plan.cost.total) })}
          />
          <p className="vw-keys" aria-hidden="true">
            <span className="vw-key-charge">{text('legendCharge')}</span>
            <span className="vw-key-price">{text('legendPrice')}</span>
            <SunKey solar={solar} />
            {answer.busy.length > 0 && <span className="vw-key-busy">{text('legendBusy')}</span>}
          </p>
          {stretches.length > 0 && (
            <ul className="vw-stretches">
              {stretches.map((stretch) => (
                <li key={stretch}>{stretch}</li>
              ))}
            </ul>
          )}
          <CostLines cost={plan.cost} />
          {proof && <p className="vw-muted">{proof}</p>}
        </>
      )}
    </div>
  )
}
