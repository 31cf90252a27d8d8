// A steered car of ISO 15118-20 from the plug to the receipt: real server, real station, real cable, no card.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { systemClock } from '@voltway/app'
import { credentialOf, makeIso20TestPki, pemOf } from '@voltway/pki'
import { CAR_MODELS, carIdentity, createCar } from '@voltway/sim'
import { DAY, epochMs } from '@voltway/units'
import { FLAT } from '../places.ts'
import { eventually, openChargingTown, type SessionSeen } from './charging-town.ts'

const EMAID = 'GBLUNC00000007'
const random = (length: number) => new Uint8Array(randomBytes(length))
const pki = makeIso20TestPki({ now: epochMs(systemClock.now() - DAY), random, ocspUrl: null, emaid: EMAID })
const PRICE_MICROS = BigInt(FLAT.elements[0]!.perKwh)

test('a steered car of ISO 15118-20 pays by its contract; what it took is on the receipt, what it gave back stands beside it', async (t) => {
  const town = await openChargingTown({
    stations: [{ identity: 'CS-20', template: 'ac-22-dual', tariff: FLAT }],
    drivers: [{ name: 'Dana' }],
    rate: 60,
    highLevel: {
      trusted: false,
      tls: { credentials: { iso20: credentialOf(pki.secc) }, clientRoots: [pki.roots.oem.der] },
      contractRoots: [pki.roots.mo.der],
      randomBytes: random,
    },
  })
  t.after(() => town?.close())
  const { api, made } = town
  await api('POST', '/trust-anchors', { use: 'MO', pem: pemOf(pki.roots.mo.der) })
  await api('POST', `/drivers/${made.drivers[0]!.id}/contracts`, { emaid: EMAID, pcid: 'GBLUNPC0000000007' })
  const station = town.station('CS-20')
  const transaction = () => station.view().connectors[0]?.transaction

  const certificates = {
    roots: [pki.roots.v2g.der],
    iso20: { vehicle: credentialOf(pki.vehicle), contract: credentialOf(pki.contract) },
    randomBytes: random,
  }
  station.plug(1, createCar(CAR_MODELS[1]!, { socPercent: 60, identity: carIdentity('iso20Dynamic', certificates) }))
  await eventually('it took a kilowatt-hour', () => (transaction()?.importWh ?? 0) > 1_000)
  assert.ok(station.giveBack(1, 5_000).ok)
  await eventually('it gave some back', () => (transaction()?.exportWh ?? 0) > 300)
  assert.ok(station.stop(1).ok)
  const session = await eventually('there is a receipt', async () => {
    const { items } = await api<{ readonly items: readonly SessionSeen[] }>('GET', '/sessions')
    return items.find(({ receiptNumber }) => receiptNumber !== undefined)
  })
  const receipt = await town.receiptOf(session)
  const { importWh, exportWh } = station.registers(1)
  assert.deepEqual([receipt.driverName, receipt.importWh, receipt.exportWh], ['Dana', importWh, exportWh])
  // What is given back is shown and not paid for: OCPP 2.0.1 carries the energy, and no terms to buy it on.
  const pennies = (BigInt(importWh) * PRICE_MICROS + 5_000_000n) / 10_000_000n
  assert.equal(receipt.cost.total.micros, String(pennies * 10_000n))
})
