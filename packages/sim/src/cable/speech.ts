import type { ContractCredential } from '@voltway/vehicle'
import type { Credential } from '@voltway/vehicle/transport'
import type { SimEvse, StationCore } from '../station/core.ts'
import type { CarIdentity, ProvisioningCredential } from './cable.ts'

/**
 * How a car tells its station what it is: by the control pilot alone, by ISO 15118-2 with a card, with its contract or with one that it fetches first,
 * by ISO 15118-20 with any of these, where it plans by itself, or where the station steers it (and may take energy back).
 */
export const SPEECHES = ['pilot', 'iso15118', 'contract', 'fetches', 'iso20', 'iso20Contract', 'iso20Fetches', 'iso20Dynamic'] as const
export type Speech = (typeof SPEECHES)[number]

/** What cars carry with them, so that any of them can be made to speak ISO 15118. */
export interface CarCertificates {
  /** DER of the V2G roots that they trust. */
  readonly roots: readonly Uint8Array[]
  /** One contract for all: whoever plugs in a car that pays by contract pays by this one. */
  readonly contract?: ContractCredential | undefined
  /** What the maker gave to a car that has no contract yet and fetches it over its cable. */
  readonly provisioning?: ProvisioningCredential | undefined
  /** For ISO 15118-20: the certificate of the vehicle, and a contract or what fetches one, on its curve. */
  readonly iso20?:
    | {
        readonly vehicle: Credential
        readonly contract?: ContractCredential | undefined
        readonly provisioning?: ProvisioningCredential | undefined
      }
    | undefined
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
  const isNewer = highLevel.tls?.credentials.iso20 !== undefined
  return SPEECHES.filter((speech) => (takesContracts || !BY_CONTRACT.has(speech)) && (isNewer || !speech.startsWith('iso20')))
}

const BY_CONTRACT: ReadonlySet<Speech> = new Set(['contract', 'fetches', 'iso20Contract', 'iso20Fetches', 'iso20Dynamic'])

/** Locally administered, and of one station: a name that no maker gave away. */
const macAddress = ({ randomBytes }: CarCertificates): Uint8Array => {
  const [, ...rest] = randomBytes(6)
  return Uint8Array.of(2, ...rest)
}

const STEERED_STAYS = 2 * 3_600

/** A car's name at the cable; undefined for one that does not speak, or has not what it takes to speak so. */
export const carIdentity = (speech: Speech, certificates: CarCertificates): CarIdentity | undefined => {
  const { roots, contract, provisioning, iso20 } = certificates
  if (speech === 'pilot') return undefined
  const common = { evccId: macAddress(certificates), roots }
  if (speech === 'iso15118') return common
  if (speech === 'contract') return contract && { ...common, contract }
  if (speech === 'fetches') return provisioning && { ...common, provisioning }
  if (!iso20) return undefined
  const { vehicle } = iso20
  if (speech === 'iso20') return { ...common, iso20: { vehicle, control: 'scheduled' } }
  if (speech === 'iso20Fetches')
    return iso20.provisioning && { ...common, iso20: { vehicle, control: 'scheduled', provisioning: iso20.provisioning } }
  if (!iso20.contract) return undefined
  const control = speech === 'iso20Dynamic' ? 'dynamic' : 'scheduled'
  // Who is steered has to say when it leaves: a day, which is meant where nothing is said, would be planned for its cheapest hours.
  const departure = control === 'dynamic' ? { departureSeconds: STEERED_STAYS } : {}
  return { ...common, ...departure, iso20: { vehicle, control, contract: iso20.contract } }
}

/** How a car speaks that has this name; one that fetched its contract is still one that came without. */
export const speechOf = ({ contract, provisioning, iso20 }: CarIdentity): Speech => {
  if (!iso20) return provisioning ? 'fetches' : contract ? 'contract' : 'iso15118'
  if (iso20.control === 'dynamic') return 'iso20Dynamic'
  if (iso20.provisioning) return 'iso20Fetches'
  return iso20.contract ? 'iso20Contract' : 'iso20'
}
