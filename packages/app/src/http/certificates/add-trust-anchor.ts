import { hash } from 'node:crypto'
import { type Certificate, dersOfPem, readCertificate } from '@voltway/pki'
import { insertTrustAnchor } from '@voltway/store'
import { uuidv7 } from '@voltway/units'
import { Type } from 'typebox'
import { Problem } from '../problems.ts'
import { route } from '../route.ts'
import { OneOf } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { TRUST_ANCHOR_USES, TrustAnchorView, trustAnchorView } from './trust-anchor-view.ts'

const invalid = (message: string) =>
  new Problem('REQUEST_INVALID', `The certificate ${message}.`, { errors: [{ path: 'body.pem', message }] })

/** One authority, which is trusted as it stands: a root, or one below it whose makers' roots are not wanted. @throws Problem saying what else it is */
const rootOf = (pem: string): Certificate => {
  const ders = dersOfPem(pem)
  if (ders?.length !== 1) throw invalid('is not one PEM block')
  const read = readCertificate(ders[0]!)
  if (!read.ok) throw invalid(`cannot be read: ${read.failure.message}`)
  const { x509, authority, publicKey } = read.value
  const signsItself = x509.checkIssued(x509)
  if (authority === undefined) throw invalid('may not issue others')
  if (signsItself && !x509.verify(publicKey)) throw invalid('names itself as its issuer and is not signed by itself')
  return read.value
}

export const addTrustAnchorRoute = route({
  id: 'addTrustAnchor',
  method: 'POST',
  url: '/trust-anchors',
  summary: 'A root to check certificates against: of contracts (MO), stations (V2G) or cars (OEM)',
  access: 'stations:write',
  status: 201,
  body: Type.Object({
    use: OneOf(TRUST_ANCHOR_USES),
    pem: Type.String({ minLength: 1, maxLength: 10_000, description: 'One certificate of an authority' }),
  }),
  reply: ref(TrustAnchorView),
  async handle({ body: { use, pem }, caller: { tenantId }, tx, services }) {
    const root = rootOf(pem)
    const addedAt = services.clock.now()
    if (root.notAfter <= addedAt) throw invalid('has expired')
    const anchor = {
      id: uuidv7<'TrustAnchor'>(addedAt, services.random),
      use,
      fingerprint: hash('sha256', root.der, 'buffer'),
      subject: root.x509.subject.split('\n').join(', '),
      certificate: root.der,
      notAfter: root.notAfter,
      addedAt,
    }
    if (!(await insertTrustAnchor(tx, tenantId, anchor)))
      throw new Problem('ALREADY_EXISTS', 'This root is trusted for that already.', {
        errors: [{ path: 'body.pem', message: 'is trusted already' }],
      })
    return trustAnchorView(anchor)
  },
})
