import type { KeyObject } from 'node:crypto'
import { pemOf } from '../certificates/pem.ts'
import type { Iso20TestPki, Issued, TestPki } from './test-pki.ts'

export interface TestPkiFile {
  /** Relative, with slashes. */
  readonly path: string
  readonly content: string
  /** A private key: for nobody but its owner. */
  readonly secret: boolean
}

const pemOfKey = (key: KeyObject): string => key.export({ format: 'pem', type: 'pkcs8' }).toString()

const filesOf = (name: string, { der, privateKey, alternateKey, intermediates }: Issued): readonly TestPkiFile[] => {
  const chain = [der, ...intermediates].map(pemOf).join('')
  return [
    { path: `${name}.pem`, content: pemOf(der), secret: false },
    { path: `${name}.key`, content: pemOfKey(privateKey), secret: true },
    ...(alternateKey ? [{ path: `${name}.alternate.key`, content: pemOfKey(alternateKey), secret: true }] : []),
    ...(intermediates.length < 2 ? [] : [{ path: `${name}.chain.pem`, content: chain, secret: false }]),
  ]
}

/**
 * A test PKI as PEM files: `<name>.pem` and `<name>.key` (PKCS #8) of each certificate, and for leaves `<name>.chain.pem`, the leaf first and
 * without the root; `<name>.alternate.key` where it has a second key.
 */
export const testPkiFiles = (pki: TestPki | Iso20TestPki): readonly TestPkiFile[] => {
  const { roots, branches } = pki
  return [
    ...Object.entries(roots).flatMap(([name, root]) => filesOf(`${name}-root`, root)),
    ...Object.entries(branches).flatMap(([name, { subCa1, subCa2 }]) => [
      ...filesOf(`${name}-sub-ca-1`, subCa1),
      ...filesOf(`${name}-sub-ca-2`, subCa2),
    ]),
    ...filesOf('secc', pki.secc),
    ...filesOf('contract', pki.contract),
    ...filesOf('oem-provisioning', pki.oemProvisioning),
    ...filesOf('cps', pki.cps),
    ...('vehicle' in pki ? filesOf('vehicle', pki.vehicle) : []),
  ]
}
