import assert from 'node:assert/strict'
import { test } from 'node:test'
import { din70121 } from '@voltway/wire/iso15118'
import { dcCable } from '../testing/dc-peers.ts'
import { StationBench, WAYS, walk } from '../testing/station-bench.ts'
import { DIN70121_DIALECT } from './din70121-dialect.ts'
import { din70121Evcc, din70121Secc } from './index.ts'

const BYTES = Uint8Array.of(1)
const CHAIN = { Certificate: BYTES }
const ROOTS = { RootCertificateID: ['CN=root'] }
const METER_INFO = { MeterID: 'M' }
/** Requests that the schema of DIN 70121 has and its sequence has not. */
const UNSPOKEN: readonly din70121.BodyType[] = [
  { ServiceDetailReq: { ServiceID: 7 } },
  { CertificateInstallationReq: { OEMProvisioningCert: BYTES, ListOfRootCertificateIDs: ROOTS, DHParams: BYTES } },
  { CertificateUpdateReq: { ContractSignatureCertChain: CHAIN, ContractID: 'C', ListOfRootCertificateIDs: ROOTS, DHParams: BYTES } },
  { PaymentDetailsReq: { ContractID: 'C', ContractSignatureCertChain: CHAIN } },
  { ChargingStatusReq: {} },
  { MeteringReceiptReq: { SessionID: BYTES, MeterInfo: METER_INFO } },
]
for (const body of UNSPOKEN) {
  const [name = ''] = Object.keys(body)
  test(`${name}, which DIN 70121 only has in its schema, is FAILED_SequenceError in its own response`, () => {
    const bench = walk(new StationBench(din70121Secc, DIN70121_DIALECT, dcCable(din70121Secc, din70121Evcc).secc), WAYS.serviceDiscovery!)
    const message = { root: 'V2G_Message', value: { Header: { SessionID: bench.sessionId }, Body: body } } as const
    const asked = din70121.codec.document.encode(message)
    assert.ok(asked.ok, JSON.stringify(asked))
    const sent = bench.bytes(asked.value).find((output) => output.kind === 'send')
    const answer = sent && din70121.codec.document.decode(sent.payload)
    assert.ok(answer?.ok && answer.value.root === 'V2G_Message')
    const [[response, fields] = []] = Object.entries(answer.value.value.Body)
    assert.deepEqual([response, fields?.ResponseCode], [name.replace(/Req$/, 'Res'), 'FAILED_SequenceError'])
    assert.equal(bench.ended?.code, 'sequence')
  })
}
