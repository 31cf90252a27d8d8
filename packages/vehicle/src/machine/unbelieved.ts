import type { CarTold } from './car-words.ts'
import type { Deviation } from './deviation.ts'
import type { Output } from './machine.ts'

type Why = (CarTold & { readonly told: 'pricesRefused' })['why']

const WHAT: Readonly<Record<Why, string>> = {
  unsigned: 'prices without a signature of the contract’s operator',
  wrongSignature: 'prices with a signature that is not the contract’s operator’s',
}

const deviationOf = (message: string, told: CarTold): readonly Deviation[] => {
  if (told.told === 'pricesRefused') return [{ code: 'unbelievedPrices', message, what: WHAT[told.why] }]
  return told.told === 'contractRefused' ? [{ code: 'refusedContract', message, what: told.why }] : []
}

/** What of a response the car left out: prices, or a contract. */
export const unbelieved = (message: string, outputs: readonly Output<CarTold>[]): readonly Deviation[] =>
  outputs.flatMap((output) => (output.kind === 'tell' ? deviationOf(message, output.told) : []))
