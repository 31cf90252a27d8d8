import type { Access } from '../caller.ts'
import { driverOf } from '../driver/accept-offer.ts'
import { Raw, route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { findReceipt } from './find-receipt.ts'
import { receiptPdf } from './receipt-pdf.ts'
import { ReceiptView } from './receipt-schema.ts'

const PDF = 'application/pdf'

const receiptRoutes = (own: boolean, { url, access }: { readonly url: string; readonly access: Access }) => {
  const name = own ? 'OwnReceipt' : 'Receipt'
  const json = route({
    id: `get${name}`,
    method: 'GET',
    url: `${url}/:id/receipt`,
    summary: 'The receipt of a billed session, as it was issued',
    access,
    params: IdParams,
    reply: ref(ReceiptView),
    handle: ({ params, caller, tx }) => findReceipt(tx, caller, own ? { id: params.id, driverId: driverOf(caller) } : { id: params.id }),
  })
  const pdf = route({
    id: `get${name}Pdf`,
    method: 'GET',
    url: `${url}/:id/receipt.pdf`,
    summary: 'The same as a page to print',
    access,
    params: IdParams,
    reply: Raw(PDF),
    async handle({ params, caller, tx }) {
      const receipt = await findReceipt(tx, caller, own ? { id: params.id, driverId: driverOf(caller) } : { id: params.id })
      return {
        contentType: PDF,
        body: await receiptPdf(receipt),
        headers: { 'content-disposition': `inline; filename="receipt-${receipt.number}.pdf"`, 'cache-control': 'private, no-store' },
      }
    },
  })
  return [json, pdf] as const
}

export const allReceiptRoutes = [
  ...receiptRoutes(false, { url: '/sessions', access: 'sessions:read' }),
  ...receiptRoutes(true, { url: '/driver/sessions', access: 'driver' }),
] as const
