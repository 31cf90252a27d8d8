import type { Payment } from '../../machine/charging.ts'
import { EVERY_FREEDOM, type Freedoms, type SeccOptions } from '../../machine/options.ts'
import { ENERGY_SERVICES, type EnergyMode, energyModes } from '../services.ts'
import type { SeccSession } from './state.ts'

type Offering = Pick<SeccSession, 'options' | 'chosen'>

export const freedomsOf = ({ freedoms }: Pick<SeccOptions, 'freedoms'>): Freedoms => freedoms ?? EVERY_FREEDOM

/** Transfers whose messages are in the schema that was agreed. */
export const transfersOf = ({ options, chosen }: Offering) =>
  options.transfers.filter((transfer) => ENERGY_SERVICES[transfer].namespace === chosen.namespace)

/** Energy services by their numbers. */
export const offeredServices = (session: Offering): readonly number[] => [
  ...new Set(transfersOf(session).map((transfer) => ENERGY_SERVICES[transfer].id)),
]

export const offeredModes = (session: Offering, service: number): readonly EnergyMode[] =>
  energyModes(transfersOf(session), service, freedomsOf(session.options))

/** Contracts need TLS and somebody who can check them. */
export const paymentsOf = ({ options }: Offering): readonly Payment[] =>
  options.payments.filter((payment) => payment === 'eim' || (options.crypto !== undefined && options.link.security !== 'none'))
