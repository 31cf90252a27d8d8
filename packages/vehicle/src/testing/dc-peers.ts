import { watts } from '@voltway/units'
import type { EvccProtocol, SeccProtocol } from '../machine/options.ts'
import type { CableOptions } from './cable.ts'
import { DC_LIMITS, DC_NEEDS, EVCC_OPTIONS, OFFER, SECC_OPTIONS, willingCar, willingStation } from './peers.ts'

/** A station and a car for direct current that do what they are asked to. */
export const dcCable = (secc: SeccProtocol, evcc: EvccProtocol): CableOptions => ({
  secc: { ...SECC_OPTIONS, protocols: [secc], transfers: ['DC'], limits: DC_LIMITS },
  evcc: { ...EVCC_OPTIONS, protocols: [evcc], transfers: ['DC'], needs: DC_NEEDS },
  station: willingStation([{ ...OFFER, power: OFFER.power.map((interval) => ({ ...interval, maxPower: watts(30_000) })) }]),
  car: willingCar,
})
