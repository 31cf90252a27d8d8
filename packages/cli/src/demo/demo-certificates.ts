import { randomBytes } from 'node:crypto'
import { systemClock } from '@voltway/app'
import { credentialOf, makeTestPki, pemOf } from '@voltway/pki'
import type { CarCertificates, HighLevel } from '@voltway/sim'
import { DAY, epochMs } from '@voltway/units'

/** The account of the one contract in town. */
const EMAID = 'GBLUNC00000001'
/** The car that could fetch the contract over its cable. */
const PCID = 'GBLUNPC0000000001'

/** What Plug & Charge in the demo takes: certificates of stations and cars, made anew at each start and kept nowhere. */
export interface DemoCertificates {
  readonly highLevel: HighLevel
  readonly cars: CarCertificates
  /** The root that contracts are checked against, as PEM. */
  readonly contractRoot: string
  readonly contract: { readonly emaid: string; readonly pcid: string }
}

/** A public-key infrastructure of ISO 15118-2 in memory. Nobody answers for its certificates by OCSP, and none of them says so. */
export const drawCertificates = (): DemoCertificates => {
  const random = (length: number) => new Uint8Array(randomBytes(length))
  // From yesterday on: no clock of the simulated world is before it.
  const pki = makeTestPki({ now: epochMs(systemClock.now() - DAY), random, ocspUrl: null, emaid: EMAID, pcid: PCID })
  return {
    highLevel: {
      trusted: false,
      tls: { credentials: { iso2: credentialOf(pki.secc) }, clientRoots: [] },
      contractRoots: [pki.roots.mo.der],
      randomBytes: random,
    },
    cars: { roots: [pki.roots.v2g.der], contract: credentialOf(pki.contract), randomBytes: random },
    contractRoot: pemOf(pki.roots.mo.der),
    contract: { emaid: EMAID, pcid: PCID },
  }
}

export interface ContractHolder {
  readonly url: string
  readonly apiKey: string
  readonly driverId: string
}

/** Makes the platform trust the contract root, and gives a driver the contract. @throws Error when it refuses */
export async function giveContract({ contractRoot, contract }: DemoCertificates, { url, apiKey, driverId }: ContractHolder): Promise<void> {
  const post = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`)
  }
  await post('/trust-anchors', { use: 'MO', pem: contractRoot })
  await post(`/drivers/${driverId}/contracts`, contract)
}
