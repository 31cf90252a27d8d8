/**
 * The chargingProfileId of each of an EVSE's two profiles: always the same, so that a new one takes the old one's place at every
 * station, also at those that go by the id alone.
 */
export const profileNumber = (evse: number, purpose: 'transaction' | 'evseDefault'): number =>
  evse * 10 + (purpose === 'transaction' ? 1 : 2)
