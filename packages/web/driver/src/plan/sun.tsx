import { formatPower } from '@voltway/ui'
import type { PowerStep } from '../api/types.ts'
import { text } from '../text.ts'

interface Span {
  readonly from: string
  readonly to: string
}

/** Of what the panels are forecast to give, what falls into a chart's time. */
export const sunWithin = (solar: readonly PowerStep[] | undefined, { from, to }: Span): readonly PowerStep[] =>
  (solar ?? []).filter((step) => Date.parse(step.to) > Date.parse(from) && Date.parse(step.from) < Date.parse(to))

/** The sun's key below a chart; nothing where there is none in it. */
export const SunKey = ({ solar }: { readonly solar: readonly PowerStep[] }) =>
  solar.length > 0 && (
    <span className="vw-key-solar">{text('legendSolar', { power: formatPower(Math.max(...solar.map(({ powerW }) => powerW))) })}</span>
  )
