import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerOcsp, type CertificateHashData, credentialOf, makeTestPki, ocspRequest, serialOf } from '@voltway/pki'
import { DAY, epochMs } from '@voltway/units'
import { systemClock } from '../clock.ts'
import { type JsonObject, objectOf } from '../json.ts'
import { bytes, car, eventually, IDENTITY, SECURED, talking } from '../testing/talking-station.ts'
import type { TestServerOptions } from '../testing/test-server.ts'

const RESPONDER = 'http://ocsp.example/'
const pki = makeTestPki({ now: epochMs(systemClock.now() - DAY), random: bytes, ocspUrl: RESPONDER })
const highLevel = { ...SECURED, tls: { credentials: { iso2: credentialOf(pki.secc) }, clientRoots: [] } }
const identity = { ...IDENTITY, roots: [pki.roots.v2g.der] }

/** What a server does with the question of a station, and what the responder then says. */
const asking =
  (revoked: ReadonlyMap<string, ReturnType<typeof epochMs>>): TestServerOptions['answer'] =>
  ({ action, payload }) => {
    if (action !== 'GetCertificateStatus') return undefined
    const { responderURL: _, ...certificate } = objectOf(payload.ocspRequestData) as JsonObject & CertificateHashData
    const response = answerOcsp({ pki, revoked }, ocspRequest({ certificates: [certificate] }), systemClock.now())
    return { status: 'Accepted', ocspResult: Buffer.from(response).toString('base64') }
  }

test('a station staples to its certificate what its server hears of the responder', async (t) => {
  const { csms, station, connector } = await talking(t, { template: 'ac-22-dual', highLevel }, { answer: asking(new Map()) })
  station.plug(1, car(identity))
  await eventually('they talk', () => connector().dialogue?.protocol === 'iso15118-2')
  assert.equal(objectOf(csms.of('GetCertificateStatus')[0]?.ocspRequestData).responderURL, RESPONDER)
})

test('a car does not speak with a station whose certificate was revoked', async (t) => {
  const revoked = new Map([[serialOf(pki.secc), epochMs(systemClock.now() - 1_000)]])
  const { station, connector } = await talking(t, { template: 'ac-22-dual', highLevel }, { answer: asking(revoked) })
  station.plug(1, car(identity))
  await eventually('the session is over', () => connector().dialogue?.state === 'ended')
  assert.match(connector().dialogue?.ended ?? '', /^chain: revoked/)
  assert.equal(connector().dialogue?.protocol, undefined)
})

for (const [sentence, answer] of [
  ['does not answer', 'silent'],
  ['knows no responder', { status: 'Failed' }],
] as const)
  test(`where the server ${sentence} nothing is stapled, and a car that does not insist talks all the same`, async (t) => {
    const { station, connector } = await talking(
      t,
      { template: 'ac-22-dual', highLevel },
      { answer: ({ action }) => (action === 'GetCertificateStatus' ? answer : undefined) },
    )
    station.plug(1, car(identity))
    await eventually('they talk', () => connector().dialogue?.protocol === 'iso15118-2')
  })
