import type { SdpSecurity } from '@voltway/wire/v2gtp'

/** The ports on which a station takes sessions. Plain TCP only where its site is switched to trusted. */
export interface StationPorts {
  readonly tls?: number
  readonly plain?: number
}

export interface Answer {
  readonly security: SdpSecurity
  readonly port: number
}

/**
 * What a station answers: what was asked for where it has it, else what it has. The car decides whether it takes that.
 * @returns undefined where there is nothing to offer
 */
export const answerTo = (asked: SdpSecurity, { tls, plain }: StationPorts): Answer | undefined => {
  const secured: Answer | undefined = tls === undefined ? undefined : { security: 'tls', port: tls }
  const open: Answer | undefined = plain === undefined ? undefined : { security: 'none', port: plain }
  return asked === 'tls' ? (secured ?? open) : (open ?? secured)
}
