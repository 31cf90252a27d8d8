import { type Deviation, facetsOf } from './deviation.ts'
import type { Output } from './machine.ts'

type DeviationOutput = Extract<Output<never>, { kind: 'deviation' }>

/** Deviations as outputs of a machine. */
export const deviated = (deviations: readonly Deviation[]): readonly DeviationOutput[] =>
  deviations.map((deviation) => ({ kind: 'deviation', deviation }))

/** What is to be told of a message of SupportedAppProtocol, by the answer that it is or gets. */
export const negotiationDeviations = (
  message: string,
  responseCode: string,
  facets: Parameters<typeof facetsOf>[1],
): readonly DeviationOutput[] => {
  const isOther = responseCode === 'OK_SuccessfulNegotiationWithMinorDeviation'
  const minor: Deviation = { code: 'minorVersion', message, what: 'another minor version of the protocol' }
  return deviated([...facetsOf(message, facets), ...(isOther ? [minor] : [])])
}
