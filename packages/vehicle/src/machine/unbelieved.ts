import type { CarTold } from './car-words.ts'
import type { Deviation } from './deviation.ts'
import type { Output } from './machine.ts'

type Why = (CarTold & { readonly told: 'pricesRefused' })['why']

const WHAT: Readonly<Record<Why, string>> = {
  unsigned: 'prices without a signature of the contract’s operator',
  wrongSignature: 'prices with a signature that is not the contract’s operator’s',
}

/** Prices of a response that the car left out of its choice. */
export const unbelieved = (message: string, outputs: readonly Output<CarTold>[]): readonly Deviation[] =>
  outputs.flatMap((output) =>
    output.kind === 'tell' && output.told.told === 'pricesRefused'
      ? [{ code: 'unbelievedPrices', message, what: WHAT[output.told.why] } as const]
      : [],
  )
