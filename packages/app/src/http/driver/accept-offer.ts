import type { DriverId } from '@voltway/units'
import { SECOND } from '@voltway/units'
import type { ServerServices } from '../../server-services.ts'
import type { Caller } from '../caller.ts'
import { Problem } from '../problems.ts'
import { instant } from '../views/times.ts'
import { type Offer, readOffer } from './offer.ts'

/** The driver of a caller that was let in as one. */
export const driverOf = ({ driverId }: Caller): DriverId => {
  if (driverId === undefined) throw new Problem('SCOPE_MISSING', 'Only drivers have this.')
  return driverId
}

/** An offer that a driver takes. @throws Problem when it is not ours, not theirs, too old, or its slot has begun */
export const acceptOffer = (services: ServerServices, caller: Caller, text: string): Offer => {
  const now = services.clock.now()
  const read = readOffer(text, { key: services.secrets.offerKey, now, tenantId: caller.tenantId, driverId: driverOf(caller) })
  if (!read.ok) throw new Problem(read.failure)
  if (instant(read.value.plan.end, 'offer') <= now + 60 * SECOND) throw new Problem('TOO_LATE', 'The slot of this plan is over.')
  return read.value
}
