import { FUNNEL_STEPS, type FunnelStep } from '@voltway/domain/sessions'
import type { FunnelRow } from '@voltway/store'

/**
 * How many steps sessions of one outcome reached, and what they were lost to. A receipt completes what only lacked it; a bill of
 * nothing does not make a failed session a success. The error code is the station's own, of a fault.
 */
export const courseOf = ({
  outcome,
  paid,
}: Pick<FunnelRow, 'outcome' | 'paid'>): {
  readonly reached: number
  readonly cause: string | undefined
  readonly errorCode?: string | undefined
} => {
  const [step = '', cause, errorCode] = outcome.split(':')
  if (paid && (step === 'paid' || outcome === 'endedWell')) return { reached: FUNNEL_STEPS.length, cause: undefined }
  const index = FUNNEL_STEPS.indexOf(step as FunnelStep)
  return cause === undefined
    ? { reached: index + 1, cause: undefined }
    : { reached: Math.max(0, index), cause, ...(errorCode !== undefined && { errorCode }) }
}
