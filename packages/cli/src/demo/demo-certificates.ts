import { randomBytes } from 'node:crypto'
import { systemClock } from '@voltway/app'
import { credentialOf, makeIso20TestPki, makeTestPki, pemOf, type TestPkiFile } from '@voltway/pki'
import type { CarCertificates, HighLevel } from '@voltway/sim'
import { DAY, epochMs } from '@voltway/units'
import { contractAuthorityFiles } from './contract-authority-files.ts'

/** The account of the one contract in town. */
const EMAID = 'GBLUNC00000001'
/** The car that may fetch the contract over its cable. */
const PCID = 'GBLUNPC00000000001'

/** What Plug & Charge in the demo takes: certificates of stations and cars, made anew at each start and kept nowhere. */
export interface DemoCertificates {
  readonly highLevel: HighLevel
  readonly cars: CarCertificates
  /** The roots that contracts are checked against, as PEM: one for each generation of ISO 15118. */
  readonly contractRoots: readonly string[]
  /** Authorities of the car makers, as PEM: who asks for a contract over the cable must stand below one of them. */
  readonly makers: readonly string[]
  /** What the platform issues that contract with. */
  readonly authority: readonly TestPkiFile[]
  readonly contract: { readonly emaid: string; readonly pcid: string }
}

/**
 * Public-key infrastructures of ISO 15118-2 and -20 in memory, for one driver. Nobody answers for their certificates by OCSP, and none of them says so.
 */
export const drawCertificates = (): DemoCertificates => {
  const random = (length: number) => new Uint8Array(randomBytes(length))
  // From yesterday on: no clock of the simulated world is before it.
  const issuing = { now: epochMs(systemClock.now() - DAY), random, ocspUrl: null, emaid: EMAID, pcid: PCID }
  const [iso2, iso20] = [makeTestPki(issuing), makeIso20TestPki(issuing)]
  const contractRoots = [iso2.roots.mo.der, iso20.roots.mo.der]
  return {
    highLevel: {
      trusted: false,
      tls: {
        credentials: { iso2: credentialOf(iso2.secc), iso20: credentialOf(iso20.secc) },
        clientRoots: [iso20.roots.oem.der],
      },
      contractRoots,
      // Stands in for the mobility operator, who would sign its prices: OCPP 2.0.1 carries no signature of them.
      tariffKeys: { iso2: iso2.branches.mo.subCa2.privateKey, iso20: iso20.branches.mo.subCa2.privateKey },
      randomBytes: random,
    },
    cars: {
      roots: [iso2.roots.v2g.der, iso20.roots.v2g.der],
      contract: credentialOf(iso2.contract),
      provisioning: credentialOf(iso2.oemProvisioning),
      iso20: {
        vehicle: credentialOf(iso20.vehicle),
        contract: credentialOf(iso20.contract),
        provisioning: credentialOf(iso20.oemProvisioning),
      },
      randomBytes: random,
    },
    contractRoots: contractRoots.map(pemOf),
    // ISO 15118-2 shows the certificate of the car alone: its maker's authority is trusted as it stands.
    makers: [iso2.branches.oem.subCa2, iso20.roots.oem].map(({ der }) => pemOf(der)),
    authority: contractAuthorityFiles({ iso2, iso20 }, issuing),
    contract: { emaid: EMAID, pcid: PCID },
  }
}

export interface ContractHolder {
  readonly url: string
  readonly apiKey: string
  readonly driverId: string
}

/** Makes the platform trust the contract roots and the car makers, and gives a driver the contract. @throws Error when it refuses */
export async function giveContract(
  { contractRoots, makers, contract }: DemoCertificates,
  { url, apiKey, driverId }: ContractHolder,
): Promise<void> {
  const post = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`)
  }
  for (const pem of contractRoots) await post('/trust-anchors', { use: 'MO', pem })
  for (const pem of makers) await post('/trust-anchors', { use: 'OEM', pem })
  await post(`/drivers/${driverId}/contracts`, contract)
}
