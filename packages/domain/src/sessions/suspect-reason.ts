/** Why a session is held for review instead of billed. */
export const SUSPECT_REASONS = [
  /** A register below zero. */
  'negativeRegister',
  /** A register lower than before, and no rollover. */
  'registerFell',
  /** A register that began again at zero after 2^31 or 2^32; energy is counted through it. */
  'registerRolledOver',
  /** A register that was a thousand times another: kWh among Wh. */
  'unitMix',
  /** More energy between two readings than the EVSE can give in that time. */
  'registerJumped',
  /** More energy in all than power x time x 1.05. */
  'implausibleEnergy',
  /** The stop is older than the start. */
  'endedBeforeStart',
  /** A stop without its start: nothing says what the meter showed at first. */
  'startUnknown',
  /** It charged, and no pair of readings says how much. */
  'noReadings',
  /** It is not over. */
  'notEnded',
] as const
export type SuspectReason = (typeof SUSPECT_REASONS)[number]
