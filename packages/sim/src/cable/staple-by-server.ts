import { ocspRequestDataOf, readCertificate } from '@voltway/pki'
import type { Milliseconds } from '@voltway/units'
import type { Staple } from '@voltway/vehicle/transport'
import type { StationCore } from '../station/core.ts'

/** A car waits ten seconds for the handshake; real time. Without an answer by then nothing is stapled, which is for the car to judge. */
const ANSWER_WITHIN = 3_000 as Milliseconds

const read = (der: Uint8Array | undefined) => {
  const certificate = der && readCertificate(der)
  return certificate?.ok ? certificate.value : undefined
}

/** Staples to the station's certificate what the server hears of its responder (OCPP 2.0.1, M06); undefined where the dialect has no words for it. */
export const stapleByServer = ({ dialect: { vehicle }, network }: StationCore): Staple | undefined =>
  vehicle &&
  (async (leaf, issuer) => {
    const [certificate, authority] = [read(leaf), read(issuer)]
    const question = certificate && authority && ocspRequestDataOf(certificate, authority)
    if (!question) return undefined
    const { promise: late, resolve } = Promise.withResolvers<undefined>()
    const cancel = network.after(ANSWER_WITHIN, () => resolve(undefined))
    try {
      return await Promise.race([vehicle.certificateStatus(question), late])
    } finally {
      cancel()
    }
  })
