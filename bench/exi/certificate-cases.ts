import { type Issued, makeIso20TestPki, makeTestPki, signingWith, wrapContractKey } from '@voltway/pki'
import { epochMs, seeded } from '@voltway/units'
import { type Rooted, type SchemaName, untypedCodecOf } from '@voltway/wire/iso15118'
import { type SignableDocuments, signMessage } from '@voltway/wire/iso15118/signature'

const now = epochMs(1_790_000_000_000)
const next = seeded(4)
const random = (length: number) => Uint8Array.from({ length }, () => Math.floor(next() * 256))
const SessionID = random(8)

const chainOf = ({ der, intermediates }: Issued) => ({ Certificate: der, SubCertificates: { Certificate: intermediates } })

const iso2 = (): readonly SignableDocuments['iso15118-2'][] => {
  const pki = makeTestPki({ now, random })
  const wrapped = wrapContractKey({ contractKey: pki.contract.privateKey, recipient: pki.oemProvisioning.publicKey, random })
  if (!wrapped.ok) throw new Error(wrapped.failure.message)
  const eMAID = pki.contract.subject.commonName.replaceAll('-', '')
  const message = (Body: Extract<SignableDocuments['iso15118-2'], { root: 'V2G_Message' }>['value']['Body']) =>
    ({ root: 'V2G_Message', value: { Header: { SessionID }, Body } }) as const
  const signed = signMessage(
    'iso15118-2',
    message({
      CertificateInstallationRes: {
        ResponseCode: 'OK',
        SAProvisioningCertificateChain: chainOf(pki.cps),
        ContractSignatureCertChain: { Id: 'id1', ...chainOf(pki.contract) },
        ContractSignatureEncryptedPrivateKey: { Id: 'id2', value: wrapped.value.encryptedPrivateKey },
        DHpublickey: { Id: 'id3', value: wrapped.value.dhPublicKey },
        eMAID: { Id: 'id4', value: eMAID },
      },
    }),
    signingWith(pki.cps.privateKey),
  )
  if (!signed.ok) throw new Error(signed.failure.message)
  return [message({ PaymentDetailsReq: { eMAID, ContractSignatureCertChain: chainOf(pki.contract) } }), signed.value]
}

const iso20 = (): SignableDocuments['iso15118-20/CommonMessages'] => {
  const pki = makeIso20TestPki({ now, random })
  const signed = signMessage(
    'iso15118-20/CommonMessages',
    {
      root: 'CertificateInstallationReq',
      value: {
        Header: { SessionID, TimeStamp: 1_790_000_000n },
        OEMProvisioningCertificateChain: { Id: 'id1', ...chainOf(pki.oemProvisioning) },
        ListOfRootCertificateIDs: { RootCertificateID: [{ X509IssuerName: 'CN=V2G Root CA', X509SerialNumber: 1n }] },
        MaximumContractCertificateChains: 3,
      },
    },
    signingWith(pki.oemProvisioning.privateKey),
  )
  if (!signed.ok) throw new Error(signed.failure.message)
  return signed.value
}

export interface CertificateMessage {
  readonly schema: SchemaName
  readonly message: string
  readonly bytes: Uint8Array
}

const written = (schema: SchemaName, message: string, document: Rooted): CertificateMessage => {
  const bytes = untypedCodecOf(schema).document.encode(document)
  if (!bytes.ok) throw new Error(JSON.stringify(bytes.failure))
  return { schema, message, bytes: bytes.value }
}

/** Messages as they are on a cable: whole chains of certificates, made anew with each run, and the signatures over them. */
export const certificateMessages = (): readonly CertificateMessage[] => {
  const [details, installation] = iso2()
  return [
    written('iso15118-2', 'PaymentDetailsReq', details!),
    written('iso15118-2', 'CertificateInstallationRes', installation!),
    written('iso15118-20/CommonMessages', 'CertificateInstallationReq', iso20()),
  ]
}
