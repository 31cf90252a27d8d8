// Certificates of other stacks' test PKIs, as their signed messages carry them.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { test } from 'node:test'
import { type ChainPurpose, readCertificate, type VerifiedChain, verifyChain, verifyingWith } from '@voltway/pki'
import { epochMs } from '@voltway/units'
import { untypedCodecOf } from '@voltway/wire/iso15118'
import { type SigningSchema, signedElementsOf, verifyMessage } from '@voltway/wire/iso15118/signature'
import { recordedFolder } from '../../packages/wire/src/iso15118/testing/vectors.ts'

interface RecordedSignature {
  readonly id: string
  readonly schema: SigningSchema
  readonly message: string
  readonly exi_hex: string
  readonly signer_cert_der_b64: string
}

const folder = recordedFolder(env.VOLTWAY_DATA)
const skip = folder === undefined ? 'VOLTWAY_DATA names no folder with the recordings' : false

const readSignatures = (): readonly RecordedSignature[] =>
  readFileSync(join(folder ?? '', 'signatures.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line): RecordedSignature => JSON.parse(line))

const certificatesIn = (value: unknown): readonly Uint8Array[] => {
  if (value instanceof Uint8Array) return readCertificate(value).ok ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(certificatesIn)
}

const messageOf = ({ schema, exi_hex }: RecordedSignature) => {
  const decoded = untypedCodecOf(schema).document.decode(Uint8Array.fromHex(exi_hex))
  assert.ok(decoded.ok)
  return decoded.value
}

/** Recordings hold no roots: the upper authority is trusted in their place, in the first second of the leaf. */
const chainOf = (leaf: Uint8Array, sent: readonly Uint8Array[], purpose: ChainPurpose): VerifiedChain => {
  const read = readCertificate(leaf)
  assert.ok(read.ok)
  const authorities = sent.map(readCertificate).flatMap((one) => (one.ok && one.value.authority !== undefined ? [one.value] : []))
  const roots = authorities.filter(({ authority }) => authority?.pathLength === 1)
  const verified = verifyChain({
    leaf,
    intermediates: authorities.filter((one) => !roots.includes(one)).map(({ der }) => der),
    roots,
    purpose,
    generation: 'iso2',
    now: epochMs(read.value.notBefore + 1_000),
  })
  assert.ok(verified.ok, verified.ok ? '' : JSON.stringify(verified.failure))
  return verified.value
}

test('chains of two other test PKIs are believed, and so are the messages that their leaves signed', { skip }, () => {
  let contracts = 0
  let providers = 0
  for (const vector of readSignatures()) {
    const message = messageOf(vector)
    const signer = Uint8Array.fromBase64(vector.signer_cert_der_b64)
    const sent = certificatesIn(message.value)
    if (!sent.some((der) => der.toHex() === signer.toHex())) continue
    const purpose = vector.message === 'CertificateInstallationRes' ? 'cps' : 'contract'
    if (vector.message === 'CertificateInstallationReq') continue
    const { leaf, path } = chainOf(signer, sent, purpose)
    assert.equal(path.length, 3)
    const verifying = { ...verifyingWith(leaf.publicKey), accept: ['ecdsa-sha256'] } as const
    assert.ok(verifyMessage(vector.schema, message as never, verifying).ok, vector.id)
    if (purpose === 'cps') providers += 1
    else contracts += 1
  }
  assert.deepEqual([providers, contracts], [1, 4])
})

test('a recorded contract is believed too, with the chain that came with it', { skip }, () => {
  const vector = readSignatures().find(({ message }) => message === 'CertificateInstallationRes')
  assert.ok(vector)
  const [chain] = signedElementsOf(vector.schema, messageOf(vector))
  const [leaf, ...authorities] = certificatesIn(chain?.value)
  assert.ok(leaf)
  assert.match(chainOf(leaf, authorities, 'contract').leaf.subject.commonName, /^DEABC/)
})
