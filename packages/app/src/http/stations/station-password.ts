import type { RandomBytes } from '@voltway/units'

/** 24 random bytes as 32 characters: within the 16 to 40 that OCPP 1.6 and 2.0.1 allow for Basic authentication. */
export const newStationPassword = (random: RandomBytes): string => Buffer.from(random(24)).toString('base64url')
