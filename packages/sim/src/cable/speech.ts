import type { Credential } from '@voltway/vehicle/transport'
import type { SimEvse, StationCore } from '../station/core.ts'
import type { CarIdentity } from './cable.ts'

/** How a car tells its station what it is: by the control pilot alone, by ISO 15118 with a card, or by ISO 15118 with its contract. */
export const SPEECHES = ['pilot', 'iso15118', 'contract'] as const
export type Speech = (typeof SPEECHES)[number]

/** What cars carry with them, so that any of them can be made to speak ISO 15118. */
export interface CarCertificates {
  /** DER of the V2G roots that they trust. */
  readonly roots: readonly Uint8Array[]
  /** One contract for all: whoever plugs in a car that pays by contract pays by this one. */
  readonly contract?: Credential | undefined
  readonly randomBytes: (length: number) => Uint8Array
}

/** Plugs whose pins carry the powerline signal. */
const HAS_PILOT_LINE: ReadonlySet<string> = new Set(['IEC_62196_T1', 'IEC_62196_T2', 'IEC_62196_T1_COMBO', 'IEC_62196_T2_COMBO'])

/** What is understood at an EVSE. A contract takes TLS, roots to believe it by, and a server that can be asked. */
export const speechesAt = (
  { highLevel, version }: Pick<StationCore, 'highLevel' | 'version'>,
  { template }: SimEvse,
): readonly Speech[] => {
  if (!highLevel || !HAS_PILOT_LINE.has(template.standard)) return ['pilot']
  const takesContracts = highLevel.tls !== undefined && highLevel.contractRoots.length > 0 && version !== 'ocpp1.6'
  return takesContracts ? SPEECHES : ['pilot', 'iso15118']
}

/** Locally administered, and of one station: a name that no maker gave away. */
const macAddress = ({ randomBytes }: CarCertificates): Uint8Array => {
  const [, ...rest] = randomBytes(6)
  return Uint8Array.of(2, ...rest)
}

/** A car's name at the cable; undefined for one that does not speak, or has no contract to pay by. */
export const carIdentity = (speech: Speech, certificates: CarCertificates): CarIdentity | undefined => {
  const { roots, contract } = certificates
  if (speech === 'pilot' || (speech === 'contract' && !contract)) return undefined
  return { evccId: macAddress(certificates), roots, ...(speech === 'contract' && { contract }) }
}
