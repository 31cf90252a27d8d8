import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  contractKeyBinding,
  type Iso20TestPki,
  type Issued,
  issueTestLeaf,
  makeIso20TestPki,
  makeTestPki,
  openContractKey,
  readCertificate,
  signingWith,
  testPkiFiles,
  unwrapContractKey,
  verifyChain,
  verifyingWith,
} from '@voltway/pki'
import { insertTrustAnchor } from '@voltway/store'
import { DAY, epochMs, seeded, uuidv7 } from '@voltway/units'
import { commonMessages, iso2 } from '@voltway/wire/iso15118'
import { signMessage, verifyMessage } from '@voltway/wire/iso15118/signature'
import { sql } from 'kysely'
import { ContractAuthorityUnusable, readContractAuthority } from '../../certificates/contract-authority.ts'
import { issueContract20 } from '../../certificates/issue-contract-20.ts'
import { hashIdToken } from '../../identity/hash-id-token.ts'
import { HMAC_KEY, NOON, type OcppWorld, openOcppWorld } from '../testing/ocpp-world.ts'
import { resultOf, type TestStation } from '../testing/test-station.ts'

const EMAID = 'DEVTWC00000042'
const chance = seeded(3)
const random = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(chance() * 256))
const options = { now: epochMs(NOON - DAY), random }
const pki = makeTestPki(options)
const pki20 = makeIso20TestPki({ ...options, pcid: 'VTWPC0000000000020' })
const pki448 = makeIso20TestPki({ ...options, pcid: 'VTWPC0000000000448' }, 'Ed448')
const SESSION = random(8)
const ListOfRootCertificateIDs = { RootCertificateID: [{ X509IssuerName: 'CN=V2G Root CA', X509SerialNumber: 1n }] }

let directory: string
let world: OcppWorld
let station: TestStation
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'voltway-contracts-'))
  for (const folder of ['iso20', 'iso20-ed448']) await mkdir(join(directory, folder))
  for (const [folder, files] of [
    ['', testPkiFiles(pki)],
    ['iso20', testPkiFiles(pki20)],
    ['iso20-ed448', testPkiFiles(pki448)],
  ] as const)
    for (const { path, content, secret } of files) {
      await writeFile(join(directory, folder, path), content)
      if (secret) await chmod(join(directory, folder, path), 0o600)
    }
  world = await openOcppWorld({ contracts: await readContractAuthority(directory) })
  await world.addStation('install')
  station = await world.connect('install', { protocol: 'ocpp2.0.1' })
  await station.call('BootNotification', { reason: 'PowerUp', chargingStation: { vendorName: 'Volt', model: 'Two' } })
})
after(async () => {
  await world.close()
  await rm(directory, { recursive: true })
})

const trust = (use: 'OEM' | 'MO', der: Uint8Array) =>
  world.database.inTenant(world.place.tenantId, (tx) =>
    insertTrustAnchor(tx, world.place.tenantId, {
      id: uuidv7<'TrustAnchor'>(NOON, world.random),
      use,
      fingerprint: hash('sha256', der, 'buffer'),
      subject: use,
      certificate: der,
      notAfter: epochMs(NOON + DAY),
      addedAt: NOON,
    }),
  )
const addContract = (pcid: string, emaid = EMAID) =>
  world.database.inTenant(world.place.tenantId, async (tx) => {
    const { tenantId, driverId } = world.place
    const token = uuidv7<'IdToken'>(NOON, world.random)
    await sql`insert into voltway.id_token (tenant_id, id, token_hash, last_four, type, label, driver_id, created_at)
      values (${tenantId}, ${token}, ${Buffer.from(hashIdToken(emaid, HMAC_KEY))}, ${emaid.slice(-4)}, 'contract', 'Contract', ${driverId}, ${NOON})`.execute(
      tx,
    )
    await sql`insert into voltway.contract (tenant_id, id, driver_id, id_token_id, emaid, pcid_hash, created_at)
      values (${tenantId}, ${uuidv7(NOON, world.random)}, ${driverId}, ${token}, ${emaid}, ${Buffer.from(hashIdToken(pcid, HMAC_KEY))}, ${NOON})`.execute(
      tx,
    )
  })

const written = (Body: iso2.BodyType, signer: Issued) => {
  const message = { root: 'V2G_Message', value: { Header: { SessionID: SESSION }, Body } } as const
  const signed = signMessage('iso15118-2', message, signingWith(signer.privateKey))
  assert.ok(signed.ok)
  const exi = iso2.codec.document.encode(signed.value)
  assert.ok(exi.ok)
  return exi.value
}
const installation = (car: Issued, signer = car) =>
  written({ CertificateInstallationReq: { Id: 'id1', OEMProvisioningCert: car.der, ListOfRootCertificateIDs } }, signer)
const ask = async (exi: Uint8Array, iso15118SchemaVersion = 'urn:iso:15118:2:2013:MsgDef', action = 'Install') =>
  resultOf(
    await station.call('Get15118EVCertificate', { iso15118SchemaVersion, action, exiRequest: Buffer.from(exi).toString('base64') }),
  ) as { status: string; exiResponse: string; statusInfo?: { reasonCode: string; additionalInfo: string } }
const refusal = async (exi: Uint8Array, version?: string) => {
  const { status, statusInfo } = await ask(exi, version)
  return [status, statusInfo?.reasonCode]
}
const answerIn = (exiResponse: string) => {
  const message = iso2.codec.document.decode(new Uint8Array(Buffer.from(exiResponse, 'base64')))
  assert.ok(message.ok && message.value.root === 'V2G_Message')
  const { CertificateInstallationRes, CertificateUpdateRes } = message.value.value.Body
  const answer = CertificateInstallationRes ?? CertificateUpdateRes
  assert.ok(answer)
  return { message: message.value, answer }
}

/** What a car does with an answer: believes the provider, the contract, and takes the key out with its own. */
const installed = (exiResponse: string, recipient: Issued) => {
  const { message, answer } = answerIn(exiResponse)
  assert.deepEqual(message.value.Header.SessionID, SESSION)
  const chain = (shown: iso2.CertificateChainType, root: Issued, purpose: 'cps' | 'contract') => {
    const intermediates = shown.SubCertificates?.Certificate ?? []
    const verified = verifyChain({ leaf: shown.Certificate, intermediates, roots: [root.der], purpose, generation: 'iso2', now: NOON })
    assert.ok(verified.ok, verified.ok ? '' : verified.failure.message)
    return verified.value.leaf
  }
  const provider = chain(answer.SAProvisioningCertificateChain, pki.roots.v2g, 'cps')
  assert.ok(verifyMessage('iso15118-2', message, verifyingWith(provider.publicKey)).ok)
  const contract = chain(answer.ContractSignatureCertChain, pki.roots.mo, 'contract')
  assert.equal(contract.subject.commonName, EMAID)
  const key = unwrapContractKey(
    { dhPublicKey: answer.DHpublickey.value, encryptedPrivateKey: answer.ContractSignatureEncryptedPrivateKey.value },
    { recipientKey: recipient.privateKey, contractPublicKey: contract.publicKey },
  )
  assert.ok(key.ok)
  const intermediates = answer.ContractSignatureCertChain.SubCertificates?.Certificate ?? []
  return { ...pki.contract, der: contract.der, privateKey: key.value, publicKey: contract.publicKey, intermediates }
}

test('who asks is refused with a code: no trusted maker, a signature of another key, no contract, another schema, no message', async () => {
  const car = pki.oemProvisioning
  assert.deepEqual(await refusal(installation(car)), ['Failed', 'ChainRefused'])
  await trust('OEM', pki.branches.oem.subCa2.der)
  assert.deepEqual(await refusal(installation(car, pki.contract)), ['Failed', 'SignatureRefused'])
  assert.deepEqual(await refusal(installation(car)), ['Failed', 'NoContract'])
  assert.deepEqual(await refusal(installation(car), 'urn:din:70121:2012:MsgDef'), ['Failed', 'UnknownSchema'])
  assert.deepEqual(await refusal(Uint8Array.of(0x80, 1, 2)), ['Failed', 'Malformed'])
  const alarms = await world.rows<{ detail: { code: string } }>(`select detail from voltway.alarm where kind = 'ContractNotInstalled'`)
  assert.ok(alarms.length > 0)
})

test('a car gets the contract that an operator gave it, and exchanges it for a new one', async () => {
  await addContract(pki.oemProvisioning.subject.commonName)
  const first = await ask(installation(pki.oemProvisioning))
  assert.equal(first.status, 'Accepted', JSON.stringify(first.statusInfo))
  const contract = installed(first.exiResponse, pki.oemProvisioning)

  await trust('MO', pki.roots.mo.der)
  const ContractSignatureCertChain = { Certificate: contract.der, SubCertificates: { Certificate: contract.intermediates } }
  const update = written(
    { CertificateUpdateReq: { Id: 'id1', ContractSignatureCertChain, eMAID: EMAID, ListOfRootCertificateIDs } },
    contract,
  )
  const second = await ask(update, undefined, 'Update')
  assert.equal(second.status, 'Accepted', JSON.stringify(second.statusInfo))
  const renewed = installed(second.exiResponse, contract)
  assert.notDeepEqual(renewed.der, contract.der)
  const read = readCertificate(renewed.der)
  assert.ok(read.ok && read.value.notAfter > NOON + 365 * DAY)
  const [row] = await world.rows<{ installed_at: number }>('select installed_at from voltway.contract')
  assert.equal(row?.installed_at, NOON)
  const known = await world.rows<{ serial_number: Buffer }>('select serial_number from voltway.known_contract')
  assert.deepEqual(
    known.map(({ serial_number }) => serial_number.toHex()),
    [read.value.serialNumber.toHex()],
    'a station may name the new one by its hashes from now on',
  )
})

const NEWER = 'urn:iso:std:iso:15118:-20:AC'
const SCHEMA_20 = 'iso15118-20/CommonMessages'
/** What a car of ISO 15118-20 asks; `signer` is somebody else where it lies. */
const installation20 = (car: Issued, signer = car): Uint8Array => {
  const value: commonMessages.CertificateInstallationReqType = {
    Header: { SessionID: SESSION, TimeStamp: BigInt(NOON / 1_000) },
    OEMProvisioningCertificateChain: { Id: 'id1', Certificate: car.der, SubCertificates: { Certificate: car.intermediates } },
    ListOfRootCertificateIDs,
    MaximumContractCertificateChains: 1,
  }
  const signed = signMessage(SCHEMA_20, { root: 'CertificateInstallationReq', value }, signingWith(signer.privateKey))
  assert.ok(signed.ok)
  const exi = commonMessages.codec.document.encode(signed.value)
  assert.ok(exi.ok)
  return exi.value
}

test('a car of ISO 15118-20 is refused for the same reasons, and where OCPP 2.0.1 has no room for the answer', async () => {
  const car = pki20.oemProvisioning
  assert.deepEqual(await refusal(installation20(car), NEWER), ['Failed', 'ChainRefused'])
  await trust('OEM', pki20.roots.oem.der)
  assert.deepEqual(await refusal(installation20(car, pki20.contract), NEWER), ['Failed', 'SignatureRefused'])
  assert.deepEqual(await refusal(installation(pki.oemProvisioning), NEWER), ['Failed', 'Malformed'])
  const stranger = issueTestLeaf(pki20, options, { leaf: 'oemProvisioning', commonName: 'VTWPC0000000000098' })
  assert.deepEqual(await refusal(installation20(stranger), NEWER), ['Failed', 'NoContract'])
  await addContract(car.subject.commonName, 'DEVTWC00000020')
  assert.deepEqual(await refusal(installation20(car), NEWER), ['Failed', 'TooLarge'], 'six certificates on P-521')
  const [row] = await world.rows<{ installed_at: number | null }>(
    "select installed_at from voltway.contract where emaid = 'DEVTWC00000020'",
  )
  assert.equal(row?.installed_at, null)
})

/** The contract in an answer of ISO 15118-20 as its car takes it: the provider's signature, the chain, and the key that `recipientKey` opens. */
const taken20 = (exi: Uint8Array, car: Iso20TestPki, recipientKey: Issued['privateKey']) => {
  const answer = commonMessages.codec.document.decode(exi)
  assert.ok(answer.ok && answer.value.root === 'CertificateInstallationRes')
  const { Header, CPSCertificateChain: service, SignedInstallationData: data } = answer.value.value
  assert.deepEqual(Header.SessionID, SESSION)
  const provider = readCertificate(service.Certificate)
  assert.ok(provider.ok && verifyMessage(SCHEMA_20, answer.value, verifyingWith(provider.value.publicKey)).ok)
  const { Certificate: leaf, SubCertificates } = data.ContractCertificateChain
  const intermediates = SubCertificates.Certificate
  const chain = verifyChain({ leaf, intermediates, roots: [car.roots.mo.der], purpose: 'contract', generation: 'iso20', now: NOON })
  assert.ok(chain.ok)
  const contract = chain.value.leaf
  const encryptedPrivateKey = data.SECP521_EncryptedPrivateKey ?? data.X448_EncryptedPrivateKey
  assert.ok(encryptedPrivateKey)
  const sealed = { ecdhCurve: data.ECDHCurve, dhPublicKey: data.DHPublicKey, encryptedPrivateKey }
  const binding = contractKeyBinding(car.oemProvisioning.subject.commonName, contract)
  return { contract, key: openContractKey(sealed, { recipientKey, binding, contractPublicKey: contract.publicKey }) }
}

const readCar = ({ oemProvisioning }: Iso20TestPki) => {
  const car = readCertificate(oemProvisioning.der)
  assert.ok(car.ok)
  return car.value
}

test('with a shorter chain of the provisioning service it fits: a contract on the curve of ISO 15118-20, whose key only the car can open', async () => {
  const pair = (await readContractAuthority(directory)).iso20[0]
  assert.ok(pair)
  const shorter = { ...pair, provisioning: { ...pair.provisioning, above: pair.provisioning.above.slice(0, 1) } }
  const issued = issueContract20(shorter, { emaid: 'DEVTWC00000020', car: readCar(pki20), sessionId: SESSION, now: NOON, random })
  assert.ok(issued.ok)
  assert.ok(Buffer.from(issued.value.exi).toString('base64').length <= 5_600)
  const { contract, key } = taken20(issued.value.exi, pki20, pki20.oemProvisioning.privateKey)
  assert.equal(contract.subject.commonName, 'DEVTWC00000020')
  assert.ok(key.ok)
  assert.equal(taken20(issued.value.exi, pki20, pki20.contract.privateKey).key.ok, false)
})

test('a car on Ed448 fetches a contract on its curve, whose key comes over X448 and signs; six certificates fit', async () => {
  const car = pki448.oemProvisioning
  await trust('OEM', pki448.roots.oem.der)
  await addContract(car.subject.commonName, 'DEVTWC00000448')
  const { status, exiResponse } = await ask(installation20(car), NEWER)
  assert.equal(status, 'Accepted')
  assert.ok(car.alternateKey)
  const { contract, key } = taken20(new Uint8Array(Buffer.from(exiResponse, 'base64')), pki448, car.alternateKey)
  assert.deepEqual([contract.subject.commonName, contract.curve], ['DEVTWC00000448', 'Ed448'])
  assert.ok(key.ok)
  const signature = signingWith(key.value).sign('ed448', SESSION)
  assert.ok(verifyingWith(contract.publicKey).verify('ed448', SESSION, signature))
})

test('a car is not issued a contract on another curve, or for a key that may not agree on one', async () => {
  const [p521, ed448] = (await readContractAuthority(directory)).iso20
  assert.ok(p521 && ed448)
  const failureOf = (authority: typeof p521, car: ReturnType<typeof readCar>) => {
    const issued = issueContract20(authority, { emaid: EMAID, car, sessionId: SESSION, now: NOON, random })
    return issued.ok ? 'issued' : issued.failure
  }
  assert.equal(failureOf(p521, readCar(pki448)), 'the car is certified on Ed448, its contract would be on P-521')
  assert.match(failureOf(ed448, { ...readCar(pki448), alternateKey: undefined }), /no alternate key on X448/)
  assert.match(failureOf(p521, { ...readCar(pki20), keyUsage: ['digitalSignature'] }), /does not allow key agreement/)
})

test('a blocked contract goes into no car', async () => {
  await world.database.inTenant(world.place.tenantId, (tx) =>
    sql`update voltway.id_token set state = 'blocked' where last_four = '0042'`.execute(tx),
  )
  assert.deepEqual(await refusal(installation(pki.oemProvisioning)), ['Failed', 'NoContract'])
  const stranger = issueTestLeaf(pki, options, { leaf: 'oemProvisioning', commonName: 'VTWPC0000000000099' })
  assert.deepEqual(await refusal(installation(stranger)), ['Failed', 'NoContract'])
})

test('a folder that holds no authority is refused with the file that is wrong', async () => {
  const broken = await mkdtemp(join(tmpdir(), 'voltway-no-contracts-'))
  try {
    await assert.rejects(
      readContractAuthority(broken),
      (error) => error instanceof ContractAuthorityUnusable && /mo-sub-ca-2/.test(error.message),
    )
    for (const { path, content } of testPkiFiles(pki)) await writeFile(join(broken, path), content)
    await writeFile(join(broken, 'cps.key'), testPkiFiles(pki).find(({ path }) => path === 'contract.key')?.content ?? '')
    await assert.rejects(readContractAuthority(broken), /cps.key is not the key of cps.chain.pem/)
  } finally {
    await rm(broken, { recursive: true })
  }
})
