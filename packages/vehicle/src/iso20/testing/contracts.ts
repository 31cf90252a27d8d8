import { type Iso20TestPki, makeIso20TestPki } from '@voltway/pki'
import { seeded } from '@voltway/units'
import type { Contract, EvccCrypto } from '../../machine/crypto.ts'
import { seccCrypto } from '../../plug-and-charge/secc-crypto.ts'
import { signingKey } from '../../plug-and-charge/signing-key.ts'
import { CABLE_START } from '../../testing/plug-and-charge.ts'
import type { Ends } from './cable.ts'
import { evccOptions, obligingEnds, seccOptions } from './ends.ts'

const AC = 'AC_three_phase'

export const seededBytes = (seed: number) => {
  const next = seeded(seed)
  return (length: number) => Uint8Array.from({ length }, () => Math.floor(next() * 256))
}
export const pkiOf = (curve: 'P-521' | 'Ed448', seed = 5): Iso20TestPki =>
  makeIso20TestPki({ now: CABLE_START, random: seededBytes(seed) }, curve)

export const contractOf = ({ contract }: Iso20TestPki): Contract => ({
  emaid: contract.subject.commonName.replaceAll('-', ''),
  chain: { leaf: contract.der, subCertificates: contract.intermediates },
  sign: signingKey(contract.privateKey),
})

/** A station and a car that pay by contract, or else outside. */
export const pncEnds = (pki: Iso20TestPki, crypto: EvccCrypto = { contract: contractOf(pki) }): Ends => {
  const trust = seccCrypto({ generation: 'iso20', roots: [pki.roots.mo.der] })
  const station = seccOptions([AC], { payments: ['contract', 'eim'], certificateService: true, crypto: trust })
  return obligingEnds(AC, { secc: station, evcc: evccOptions(AC, { payments: ['contract', 'eim'], crypto }) })
}

export const P521 = pkiOf('P-521')
export const ED448 = pkiOf('Ed448')
