import type { KeyObject } from 'node:crypto'
import type { EpochMs } from '@voltway/units'
import type { SubjectName } from '../certificates/name.ts'
import type { SigningCurve } from '../keys/curve.ts'
import type { RandomBytes } from '../keys/random-bytes.ts'

/** ISO 15118-2 or ISO 15118-20: they ask for different curves. */
export type Generation = 'iso2' | 'iso20'

export type RootName = 'v2g' | 'mo' | 'oem'

/** The two authorities between a root and its leaves: charge point operator, certificate provisioning service, mobility operator, car maker. */
export type BranchName = 'cpo' | 'cps' | 'mo' | 'oem'

export type LeafName = 'secc' | 'contract' | 'oemProvisioning' | 'cps' | 'vehicle'

/** A certificate with its private key and what stands above it. */
export interface Issued {
  readonly subject: SubjectName
  readonly der: Uint8Array
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  /** Of its alternate key on X448: the provisioning certificate on Ed448 has one. */
  readonly alternateKey?: KeyObject
  /** DER of the authorities above, the issuer first, without the root. */
  readonly intermediates: readonly Uint8Array[]
  /** DER of the root above; of the certificate itself for a root. */
  readonly root: Uint8Array
}

export interface Branch {
  readonly subCa1: Issued
  readonly subCa2: Issued
}

/** The subjects' names; every one has a value of its own when it is left out. */
export interface TestPkiNames {
  readonly seccId?: string
  /** With or without hyphens. */
  readonly emaid?: string
  /** Of the OEM provisioning certificate. */
  readonly pcid?: string
  /** Of the vehicle certificate. */
  readonly evccId?: string
  readonly organization?: string
  readonly country?: string
}

export interface TestPkiOptions extends TestPkiNames {
  readonly now: EpochMs
  /** The source of all keys and serial numbers. */
  readonly random: RandomBytes
  /** Where an OCSP responder of this PKI answers, in every certificate but the roots; `http://ocsp.test/` when left out, nowhere when null. */
  readonly ocspUrl?: string | null
}

export interface TestPki {
  readonly generation: Generation
  readonly curve: SigningCurve
  readonly roots: Readonly<Record<RootName, Issued>>
  readonly branches: Readonly<Record<BranchName, Branch>>
  /** What the station's end of the cable shows in TLS. */
  readonly secc: Issued
  /** CN is the eMAID. */
  readonly contract: Issued
  /** CN is the PCID. */
  readonly oemProvisioning: Issued
  /** What a certificate provisioning service signs installation answers with. */
  readonly cps: Issued
}

/** The second generation adds what the car shows in TLS. */
export interface Iso20TestPki extends TestPki {
  readonly vehicle: Issued
}
