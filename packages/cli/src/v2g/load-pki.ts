import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dersOfPem } from '@voltway/pki'
import type { Credential, TlsGeneration } from '@voltway/vehicle/transport'
import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'

/** Where `voltway pki test` puts each generation. */
const FOLDERS: Readonly<Record<TlsGeneration, string>> = { iso2: 'iso15118-2', iso20: 'iso15118-20' }

const readText = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new CommandFailure(`${path} cannot be read: ${error instanceof Error ? error.message : error}`, undefined, EXIT.usage)
  }
}

const certificatesOf = async (path: string): Promise<readonly Uint8Array[]> => {
  const pem = await readText(path)
  return pem === undefined ? [] : (dersOfPem(pem) ?? [])
}

/** Leaves that an end of a cable shows or pays with. */
export type CredentialName = 'secc' | 'vehicle' | 'contract'

/** A leaf with its sub-CAs and key; undefined where the folder does not have it. */
export const loadCredential = async (folder: string, generation: TlsGeneration, name: CredentialName): Promise<Credential | undefined> => {
  const path = join(folder, FOLDERS[generation], name)
  const [chain, key] = [await certificatesOf(`${path}.chain.pem`), await readText(`${path}.key`)]
  if (chain.length === 0 || key === undefined) return undefined
  try {
    return { chain, privateKey: createPrivateKey(key) }
  } catch {
    throw new CommandFailure(`${path}.key is no private key in PEM.`, undefined, EXIT.usage)
  }
}

/** The roots of both generations with one of these names: `v2g`, `oem`. */
export const loadRoots = async (folder: string, names: readonly string[]): Promise<readonly Uint8Array[]> => {
  const paths = Object.values(FOLDERS).flatMap((generation) => names.map((name) => join(folder, generation, `${name}-root.pem`)))
  return (await Promise.all(paths.map(certificatesOf))).flat()
}
