import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Certificate, dersOfPem, readCertificate } from '@voltway/pki'

/** A certificate with its key and what stands above it, without the root. */
export interface OwnCertificate {
  readonly certificate: Certificate
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  /** DER, the issuer first. */
  readonly above: readonly Uint8Array[]
}

/** A mobility operator's lower authority, and a provisioning service that signs its contracts for cars. */
export interface AuthorityPair {
  readonly operator: OwnCertificate
  readonly provisioning: OwnCertificate
}

/** What contracts are issued with: those of ISO 15118-2, and those of ISO 15118-20 by a pair for each curve that its cars have. */
export interface ContractAuthority extends AuthorityPair {
  readonly iso20: readonly AuthorityPair[]
}

export class ContractAuthorityUnusable extends Error {}

const read = async (directory: string, name: string): Promise<string> => {
  try {
    return await readFile(join(directory, name), 'utf8')
  } catch (error) {
    throw new ContractAuthorityUnusable(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const certificatesIn = (pem: string, name: string): readonly Certificate[] => {
  const all = (dersOfPem(pem) ?? []).map(readCertificate)
  const good = all.flatMap((one) => (one.ok ? [one.value] : []))
  if (good.length === 0 || good.length < all.length) throw new ContractAuthorityUnusable(`${name} is not made of PEM certificates`)
  return good
}

const ownCertificate = async (
  directory: string,
  { chain, key }: { readonly chain: readonly string[]; readonly key: string },
): Promise<OwnCertificate> => {
  const files = await Promise.all(chain.map(async (name) => certificatesIn(await read(directory, name), name)))
  const [certificate, ...above] = files.flat()
  const privateKey = createPrivateKey(await read(directory, key))
  const publicKey = createPublicKey(privateKey)
  if (!certificate?.publicKey.equals(publicKey)) throw new ContractAuthorityUnusable(`${key} is not the key of ${chain[0]}`)
  return { certificate, privateKey, publicKey, above: above.map(({ der }) => der) }
}

const readPair = async (directory: string): Promise<AuthorityPair> => ({
  operator: await ownCertificate(directory, { chain: ['mo-sub-ca-2.pem', 'mo-sub-ca-1.pem'], key: 'mo-sub-ca-2.key' }),
  provisioning: await ownCertificate(directory, { chain: ['cps.chain.pem'], key: 'cps.key' }),
})

const NEWER = ['iso20', 'iso20-ed448']

const isThere = (directory: string): Promise<boolean> =>
  access(directory).then(
    () => true,
    () => false,
  )

/**
 * Reads `mo-sub-ca-2.pem` and `.key`, `mo-sub-ca-1.pem`, `cps.chain.pem` and `cps.key`, the names that `voltway pki test` writes; and the same names in
 * the folders `iso20` and `iso20-ed448`, where they are there, for contracts of ISO 15118-20 on P-521 and on Ed448.
 * @throws ContractAuthorityUnusable naming the file
 */
export const readContractAuthority = async (directory: string): Promise<ContractAuthority> => {
  const iso20: AuthorityPair[] = []
  for (const folder of NEWER.map((name) => join(directory, name))) if (await isThere(folder)) iso20.push(await readPair(folder))
  return { ...(await readPair(directory)), iso20 }
}
