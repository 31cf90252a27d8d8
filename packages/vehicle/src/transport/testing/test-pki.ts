import { createHash } from 'node:crypto'
import { credentialOf, makeIso20TestPki, makeTestPki } from '@voltway/pki'
import { epochMs } from '@voltway/units'

/** Bytes that are the same in every run. */
const seededBytes = (seed: string) => {
  let count = 0
  return (length: number): Uint8Array => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, () => createHash('sha256').update(`${seed} ${count++}`).digest())
    return new Uint8Array(Buffer.concat(blocks).subarray(0, length))
  }
}

/** Both generations; handshakes look at the date, so that it is today's. */
export const testPki = () => {
  const now = epochMs(Date.now())
  const iso2 = makeTestPki({ now, random: seededBytes('iso2') })
  const iso20 = makeIso20TestPki({ now, random: seededBytes('iso20') })
  return {
    iso2,
    iso20,
    stationCredentials: { iso2: credentialOf(iso2.secc), iso20: credentialOf(iso20.secc) },
    clientRoots: [iso20.roots.oem.der, iso20.roots.v2g.der],
    carRoots: [iso2.roots.v2g.der, iso20.roots.v2g.der],
    vehicle: credentialOf(iso20.vehicle),
  }
}
