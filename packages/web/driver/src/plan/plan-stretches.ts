import { formatPower, formatTime } from '@voltway/ui/format'
import type { Plan } from '../api/types.ts'
import { text } from '../text.ts'

/** A time without a pause in which a plan charges. */
interface Stretch {
  readonly from: string
  readonly to: string
  readonly leastW: number
  readonly mostW: number
}

/** The stretches of a plan's curve: what touches is one, whatever its power. */
export const planStretches = ({ curve }: Pick<Plan, 'curve'>): readonly Stretch[] => {
  const stretches: Stretch[] = []
  for (const { from, to, powerW } of curve) {
    if (powerW <= 0) continue
    const last = stretches.at(-1)
    if (last && Date.parse(last.to) === Date.parse(from))
      stretches[stretches.length - 1] = { ...last, to, leastW: Math.min(last.leastW, powerW), mostW: Math.max(last.mostW, powerW) }
    else stretches.push({ from, to, leastW: powerW, mostW: powerW })
  }
  return stretches
}

/** `20:30 – 20:35 · 120 kW`; of power that changes, the most. */
export const planStretchText = ({ from, to, leastW, mostW }: Stretch, timeZone: string): string => {
  const power = formatPower(mostW)
  return `${formatTime(from, timeZone)} – ${formatTime(to, timeZone)} · ${formatPower(leastW) === power ? power : text('upTo', { power })}`
}
