// A car without a contract, from the plug to the receipt: it asks its station, that the server, whose certificate service has one for it.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { systemClock } from '@voltway/app'
import { credentialOf, type Issued, issueTestLeaf, makeIso20TestPki, makeTestPki, pemOf, readCertificate, testPkiFiles } from '@voltway/pki'
import { CAR_MODELS, type CarIdentity, createCar } from '@voltway/sim'
import { DAY, epochMs } from '@voltway/units'
import { FLAT } from '../places.ts'
import { type ChargingTown, eventually, openChargingTown, type SessionSeen } from './charging-town.ts'

const random = (length: number) => new Uint8Array(randomBytes(length))
const issuing = { now: epochMs(systemClock.now() - DAY), random, ocspUrl: null }
const PKI = makeTestPki(issuing)
const PKI_20 = makeIso20TestPki(issuing)
const PKI_448 = makeIso20TestPki(issuing, 'Ed448')
/** OCPP 2.0.1 has no room for six certificates on P-521: this provisioning service stands below the upper authority. */
const { cps } = PKI_20.branches
const nearRoot = { ...PKI_20, branches: { ...PKI_20.branches, cps: { ...cps, subCa2: cps.subCa1 } } }
const SHORT_CPS = issueTestLeaf(nearRoot, issuing, { leaf: 'cps', commonName: 'Certificate provisioning service' })
const CPS_CHAIN = [SHORT_CPS.der, ...SHORT_CPS.intermediates].map(pemOf).join('')
const CPS_KEY = SHORT_CPS.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
const CONTRACTS = [
  ...testPkiFiles(PKI),
  ...testPkiFiles(PKI_20)
    .filter(({ path }) => !path.startsWith('cps.'))
    .map((file) => ({ ...file, path: `iso20/${file.path}` })),
  { path: 'iso20/cps.chain.pem', content: CPS_CHAIN, secret: false },
  { path: 'iso20/cps.key', content: CPS_KEY, secret: true },
  ...testPkiFiles(PKI_448).map((file) => ({ ...file, path: `iso20-ed448/${file.path}` })),
]

/** What an operator gave to each driver: an account, and the car that may fetch its contract. */
const GIVEN = {
  Alva: { emaid: 'GBLUNC00000011', pcid: 'GBLUNPC0000000011' },
  Ben: { emaid: 'GBLUNC00000022', pcid: 'GBLUNPC0000000022' },
  Cleo: { emaid: 'GBLUNC00000033', pcid: 'GBLUNPC0000000033' },
  Dora: { emaid: 'GBLUNC00000044', pcid: 'GBLUNPC0000000044' },
} as const

let town: ChargingTown
before(async () => {
  town = await openChargingTown({
    stations: [{ identity: 'CS-1', template: 'ac-22-dual', tariff: FLAT }],
    drivers: Object.keys(GIVEN).map((name) => ({ name })),
    rate: 60,
    contracts: CONTRACTS,
    highLevel: {
      trusted: false,
      tls: {
        credentials: { iso2: credentialOf(PKI.secc), iso20: credentialOf(PKI_20.secc) },
        clientRoots: [PKI_20, PKI_448].map(({ roots }) => roots.oem.der),
      },
      contractRoots: [PKI, PKI_20, PKI_448].map(({ roots }) => roots.mo.der),
      randomBytes: random,
    },
  })
  for (const pki of [PKI, PKI_20, PKI_448]) await town.api('POST', '/trust-anchors', { use: 'MO', pem: pemOf(pki.roots.mo.der) })
  // ISO 15118-2 shows the certificate of the car alone: its maker's authority is trusted as it stands.
  for (const { der } of [PKI.branches.oem.subCa2, PKI_20.roots.oem, PKI_448.roots.oem])
    await town.api('POST', '/trust-anchors', { use: 'OEM', pem: pemOf(der) })
  for (const { id, name } of town.made.drivers) await town.api('POST', `/drivers/${id}/contracts`, GIVEN[name as keyof typeof GIVEN])
})
after(() => town?.close())

const identity = (more: Partial<CarIdentity>): CarIdentity => ({
  evccId: random(6),
  roots: [PKI, PKI_20, PKI_448].map(({ roots }) => roots.v2g.der),
  ...more,
})
const madeFor = (pki: typeof PKI, { pcid }: { readonly pcid: string }): Issued =>
  issueTestLeaf(pki, issuing, { leaf: 'oemProvisioning', commonName: pcid })
const leafOf = (contract: CarIdentity['contract']) => {
  const read = readCertificate(contract?.chain[0] ?? new Uint8Array())
  assert.ok(read.ok, 'the car has a contract')
  return read.value
}

const receipts = new Set<number>()

/** Plugs a car in, lets it take half a kilowatt-hour, and stops it. @returns what was said on its cable, and the receipt's session */
const charged = async (car: ReturnType<typeof createCar>, evse: number, driver: keyof typeof GIVEN) => {
  const station = town.station('CS-1')
  const connector = () => station.view().connectors[evse - 1]
  assert.ok(station.plug(evse, car).ok)
  await eventually(`${driver} charges`, () => {
    const dialogue = connector()?.dialogue
    if (dialogue?.state === 'ended') throw new Error(`${dialogue.ended}: ${dialogue.messages.map(({ message }) => message).join(' ')}`)
    return (connector()?.transaction?.importWh ?? 0) > 500
  })
  const said = connector()?.dialogue?.messages.map(({ message }) => message) ?? []
  assert.ok(station.stop(evse).ok)
  const session = await eventually(`${driver} has a receipt`, async () => {
    const { items } = await town.api<{ readonly items: readonly SessionSeen[] }>('GET', '/sessions')
    return items.find((one) => one.driverName === driver && one.receiptNumber !== undefined && !receipts.has(one.receiptNumber))
  })
  if (session.receiptNumber !== undefined) receipts.add(session.receiptNumber)
  assert.ok(station.unplug(evse).ok)
  const receipt = await town.receiptOf(session)
  assert.equal(receipt.driverName, driver)
  assert.equal(session.tokenLastFour, GIVEN[driver].emaid.slice(-4))
  assert.ok(receipt.importWh > 500)
  return { said, protocol: connector()?.dialogue?.protocol }
}

test('a car of ISO 15118-2 that has only the certificate of its maker fetches its contract and pays by it', async () => {
  const provisioning = credentialOf(madeFor(PKI, GIVEN.Alva))
  const car = createCar(CAR_MODELS[1]!, { socPercent: 40, identity: identity({ provisioning }) })
  const { said } = await charged(car, 1, 'Alva')
  assert.ok(said.includes('CertificateInstallationReq') && said.includes('PaymentDetailsReq'), said.join(' '))
  assert.equal(leafOf(car.identity?.contract).subject.commonName, GIVEN.Alva.emaid)
  const id = town.made.drivers.find(({ name }) => name === 'Alva')?.id
  const { items } = await town.api<{ readonly items: readonly { readonly installedAt?: string }[] }>('GET', `/drivers/${id}/contracts`)
  assert.ok(items[0]?.installedAt, 'the server knows that it is in a car')
  const [order] = await town.rows<{ planFirst: boolean | null }>(`
    select min(received_at) filter (where action = 'SetChargingProfile') <= min(received_at) filter (where action = 'NotifyEVChargingSchedule') as "planFirst"
    from voltway.ocpp_message`)
  assert.equal(order?.planFirst, true, 'a car that does not say when it leaves has its plan before it chooses, where no limit holds it')
})

test('a contract of ISO 15118-2 that ends in a week is exchanged for one that does not, and pays', async () => {
  const old = issueTestLeaf(
    PKI,
    { ...issuing, now: epochMs(systemClock.now() - DAY) },
    { leaf: 'contract', commonName: GIVEN.Ben.emaid, lifetime: (8 * DAY) as never },
  )
  const own = { provisioning: credentialOf(madeFor(PKI, GIVEN.Ben)), contract: credentialOf(old) }
  const car = createCar(CAR_MODELS[1]!, { socPercent: 40, identity: identity(own) })
  const { said } = await charged(car, 2, 'Ben')
  assert.ok(said.includes('CertificateUpdateReq') && !said.includes('CertificateInstallationReq'), said.join(' '))
  assert.ok(leafOf(car.identity?.contract).notAfter > systemClock.now() + 365 * DAY)
})

for (const [driver, curve, pki] of [
  ['Cleo', 'P-521', PKI_20],
  ['Dora', 'Ed448', PKI_448],
] as const)
  test(`a car of ISO 15118-20 on ${curve} fetches a contract on its own curve and pays by it; the next time it has one`, async () => {
    const provisioning = credentialOf(madeFor(pki, GIVEN[driver]))
    const iso20 = { vehicle: credentialOf(pki.vehicle), control: 'scheduled', provisioning } as const
    const car = createCar(CAR_MODELS[1]!, { socPercent: 40, identity: identity({ iso20 }) })
    const { said } = await charged(car, 1, driver)
    assert.ok(said.includes('CertificateInstallationReq') && said.includes('AC_ChargeLoopReq'), said.join(' '))
    const contract = leafOf(car.identity?.iso20?.contract)
    assert.deepEqual([contract.subject.commonName, contract.curve], [GIVEN[driver].emaid, curve])
    const again = createCar(CAR_MODELS[1]!, { socPercent: 40, identity: car.identity })
    const second = await charged(again, 1, driver)
    assert.ok(!second.said.includes('CertificateInstallationReq'), second.said.join(' '))
  })
