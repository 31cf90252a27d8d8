import { createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'

/** Keys with one purpose each, all from the installation's one secret. */
export interface Secrets {
  /** Passwords of stations, API keys and id tokens are stored under it. */
  readonly hmacKey: Uint8Array
  /** Signs the offers of plans. */
  readonly offerKey: Uint8Array
  /** Seals what nodes say to each other. */
  readonly nodeKey: Uint8Array
  /** The identity library's. */
  readonly authSecret: string
  /** Web push, RFC 8292: base64url. */
  readonly vapid: { readonly publicKey: string; readonly privateKey: string }
}

const FILE = 'secret'

/** Reads the secret of the data directory, made at the first start; nobody but its owner may read it. */
const secretOf = async ({ secret, dataDirectory }: Pick<Config, 'secret' | 'dataDirectory'>): Promise<string> => {
  if (secret !== undefined) return secret
  const path = join(dataDirectory, FILE)
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(randomBytes(48).toString('base64url'))
    await file.sync()
    await file.close()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o600)
  const text = (await readFile(path, 'utf8')).trim()
  if (text.length < 32)
    throw new Error(`${path} holds no secret: delete it to have one made, which ends all sign-ins and station passwords`)
  return text
}

const derived = (secret: string, purpose: string) => new Uint8Array(hkdfSync('sha256', secret, '', `voltway ${purpose}`, 32))

/** A P-256 key pair whose private key is the derived bytes. */
const vapidOf = (privateKey: Uint8Array): Secrets['vapid'] => {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(privateKey)
  return { publicKey: pair.getPublicKey('base64url'), privateKey: Buffer.from(privateKey).toString('base64url') }
}

/** RFC 5869: a key for one purpose says nothing of the others. */
export const deriveSecrets = (secret: string): Secrets => ({
  hmacKey: derived(secret, 'hmac'),
  offerKey: derived(secret, 'offer'),
  nodeKey: derived(secret, 'nodes'),
  authSecret: Buffer.from(derived(secret, 'auth')).toString('base64url'),
  vapid: vapidOf(derived(secret, 'vapid')),
})

export const loadSecrets = async (config: Pick<Config, 'secret' | 'dataDirectory'>): Promise<Secrets> =>
  deriveSecrets(await secretOf(config))
