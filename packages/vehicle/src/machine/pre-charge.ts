/** So near in V the output must come to what the battery has before the contactors close: IEC 61851-23. */
export const PRE_CHARGE_TOLERANCE_V = 20
