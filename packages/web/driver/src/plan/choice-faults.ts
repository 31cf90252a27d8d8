import { ApiProblem } from '@voltway/ui'
import { text } from '../text.ts'

const TEXTS = {
  'body.minimum.energyWh': 'faultMinimumEnergy',
  'body.minimum.by': 'faultMinimumBy',
  'body.lastPartMinutes': 'faultLastPart',
  'body.goal': 'faultGoal',
} as const

/** What the platform says against one of the choices, by the path that it names. */
export type ChoiceFaults = Readonly<Partial<Record<keyof typeof TEXTS, string>>>

/** The faults that have a field in the form; others are for the whole form. */
export const choiceFaults = (error: unknown): ChoiceFaults =>
  error instanceof ApiProblem
    ? Object.fromEntries(
        error.errors.flatMap(({ path }) => {
          const key = TEXTS[path as keyof typeof TEXTS]
          return key ? [[path, text(key)]] : []
        }),
      )
    : {}

/** Whether all that is wrong stands at a field already. */
export const isAtFields = (error: unknown): boolean =>
  error instanceof ApiProblem && error.errors.length > 0 && error.errors.every(({ path }) => path in TEXTS)
