import type { EpochMs } from '@voltway/units'
import type { Output } from './machine.ts'
import type { LinkFacts, SetUpFrom } from './options.ts'
import { SETUP } from './timeouts.ts'

/** A set-up that goes on at one end. */
export interface SetUp {
  readonly timer: keyof typeof SETUP
  readonly link: LinkFacts
  /** The start of the machine. */
  readonly linkSince: EpochMs
}

/** When a set-up has lasted too long by the most patient of the protocols that may come of it. Epoch milliseconds. */
export const setUpEnd = ({ timer, link: { dataLinkSince }, linkSince }: SetUp, protocols: readonly { readonly setUpFrom: SetUpFrom }[]) => {
  const fromLink = dataLinkSince === undefined || protocols.some(({ setUpFrom }) => setUpFrom === 'link')
  return SETUP[timer] + (fromLink ? linkSince : Math.min(dataLinkSince, linkSince))
}

/** Starts the timer of a set-up that ends at the moment given. */
export const setUpTimer = (timer: keyof typeof SETUP, end: number, at: EpochMs): Output<never> => ({
  kind: 'startTimer',
  timer,
  milliseconds: end - at,
})
