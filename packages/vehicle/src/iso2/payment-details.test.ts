import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail, ok } from '@voltway/units'
import { iso2 } from '@voltway/wire/iso15118'
import type { RefusalReason } from '../machine/contract-chain.ts'
import type { SeccCrypto } from '../machine/crypto.ts'
import { type CableOptions, runCable } from '../testing/cable.ts'
import { EVCC_OPTIONS, SECC_OPTIONS, willingCar, willingStation } from '../testing/peers.ts'
import { evccCrypto, testPki } from '../testing/plug-and-charge.ts'
import { iso2Evcc, iso2Secc } from './index.ts'

const PKI = testPki()
const TLS = { security: 'tls1.2' } as const

/** A car with a contract at a station that judges it so. */
const judged = (checkContract: SeccCrypto['checkContract']): CableOptions => ({
  secc: { ...SECC_OPTIONS, link: TLS, protocols: [iso2Secc], payments: ['contract'], crypto: { checkContract, verify: () => true } },
  evcc: { ...EVCC_OPTIONS, link: TLS, protocols: [iso2Evcc], payments: ['contract'], crypto: evccCrypto(PKI) },
  station: willingStation(),
  car: willingCar,
  carSays: [[5_000, { word: 'stop' }]],
})

const REASONS: Readonly<Record<RefusalReason, string>> = {
  unknown: 'FAILED',
  contractCancelled: 'FAILED_ContractCanceled',
  certificateExpired: 'FAILED_CertificateExpired',
  certificateRevoked: 'FAILED_CertificateRevoked',
  noCertificateAvailable: 'FAILED_NoCertificateAvailable',
  certChainError: 'FAILED_CertChainError',
  signatureError: 'FAILED_SignatureError',
}
for (const [reason, code] of Object.entries(REASONS))
  test(`a contract that is refused as ${reason} is ${code}, and both ends part`, () => {
    const { ends } = runCable(judged(() => fail(reason as RefusalReason)))
    assert.deepEqual([ends.secc?.code, ends.secc?.responseCode], ['refusing', code])
    assert.deepEqual([ends.evcc?.code, ends.evcc?.responseCode], ['refused', code])
  })

for (const expiresSoon of [false, true])
  test(`a contract that ${expiresSoon ? 'expires soon' : 'is good for long'} pays, and the car is told so`, () => {
    const { ends, log } = runCable(judged(() => ok({ expiresSoon })))
    assert.deepEqual(ends.secc, { code: 'finished' })
    const codes = log.flatMap(({ from, output }) => {
      const read = from === 'secc' && output.kind === 'send' ? iso2.codec.document.decode(output.payload) : undefined
      return read?.ok && read.value.root === 'V2G_Message' ? (read.value.value.Body.PaymentDetailsRes?.ResponseCode ?? []) : []
    })
    assert.deepEqual(codes, [expiresSoon ? 'OK_CertificateExpiresSoon' : 'OK'])
  })
