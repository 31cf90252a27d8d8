import { listEvses } from '@voltway/store'
import QRCode from 'qrcode'
import { found } from '../problems.ts'
import { Raw, route } from '../route.ts'
import { findSite } from '../sites/find-site.ts'
import { CodeParams } from './get-public-evse.ts'
import { requireOffered } from './require-offered.ts'

const SVG = 'image/svg+xml'

export const getEvseQrRoute = route({
  id: 'getEvseQr',
  method: 'GET',
  url: '/public/evses/:code/qr.svg',
  summary: 'The sticker: leads to the start page of this connector',
  access: 'public',
  params: CodeParams,
  reply: Raw(SVG),
  async handle({ params, caller: { tenantId }, tx, services }) {
    const { code, siteId } = found((await listEvses(tx, tenantId, { code: params.code, now: services.clock.now() }))[0], 'connector')
    requireOffered(await findSite(tx, tenantId, siteId))
    const body = await QRCode.toString(`${services.publicUrl()}/q/${code}`, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 })
    return { contentType: SVG, body, headers: { 'cache-control': 'public, max-age=3600' } }
  },
})
