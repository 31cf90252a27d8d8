import PDFDocument from 'pdfkit'
import { MISSING, printable, receiptFonts } from './receipt-fonts.ts'
import type { ReceiptView } from './receipt-schema.ts'
import {
  dimensionText,
  durationText,
  energyText,
  moneyText,
  percentText,
  planText,
  quantityText,
  stopReasonText,
  timeText,
  unitPriceText,
} from './receipt-text.ts'

const INK = '#14181f'
const MUTED = '#545d6b'
const RULE = '#d5dae1'
const LEFT = 56
const RIGHT = 539
const WIDTH = RIGHT - LEFT
const TOP = 56
/** Below this nothing but the foot begins. */
const BOTTOM = 745

type Doc = PDFKit.PDFDocument

interface Cell {
  readonly text: string
  readonly x: number
  readonly width: number
  readonly align?: 'left' | 'right'
  readonly bold?: boolean
  readonly colour?: string
}
const cell = (doc: Doc, y: number, { text, x, width, align = 'left', bold = false, colour = INK }: Cell) =>
  doc
    .font(bold ? 'bold' : 'regular')
    .fillColor(colour)
    .text(printable(text, receiptFonts().covered), x, y, { width, align, lineBreak: true })

const rule = (doc: Doc, y: number) => doc.moveTo(LEFT, y).lineTo(RIGHT, y).lineWidth(0.75).strokeColor(RULE).stroke()

/** Where the next row goes: here, or on a new page. */
const rowAt = (doc: Doc, y: number, height = 0) => {
  if (y + height <= BOTTOM) return y
  doc.addPage()
  return TOP
}

const header = (doc: Doc, receipt: ReceiptView) => {
  doc.fontSize(20)
  cell(doc, 56, { text: 'Charging receipt', x: LEFT, width: 300, bold: true })
  doc.fontSize(10)
  cell(doc, 58, { text: `No. ${receipt.number}`, x: 360, width: RIGHT - 360, align: 'right', bold: true })
  cell(doc, 73, { text: timeText(receipt.issuedAt, receipt.timeZone), x: 360, width: RIGHT - 360, align: 'right', colour: MUTED })
  const { name, address, vatNumber } = receipt.operator
  const operator = [name, address, vatNumber && `VAT no. ${vatNumber}`].filter(Boolean).join(' \u00b7 ')
  cell(doc, 88, { text: operator, x: LEFT, width: WIDTH, colour: MUTED })
  const below = doc.y + 8
  rule(doc, below)
  return below + 14
}

/** What, and where, and with which car: two columns of name and value. */
const factsOf = (receipt: ReceiptView): readonly (readonly [string, string])[] => {
  const { station, vehicle, driverName, socStart, socEnd, stopReason } = receipt
  const battery = socStart === undefined && socEnd === undefined ? undefined : `${socStart ?? '?'} % to ${socEnd ?? '?'} %`
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Station', `${station.siteName}, ${station.name}`],
    ['Connector', station.evse],
    ['Address', station.address],
    ['Driver', driverName],
    ['Vehicle', vehicle],
    ['Plugged in', timeText(receipt.startedAt, receipt.timeZone)],
    ['Charging ended', timeText(receipt.chargingEndedAt, receipt.timeZone)],
    ['Disconnected', timeText(receipt.endedAt, receipt.timeZone)],
    ['Time zone', receipt.timeZone],
    ['Charging time', `${durationText(receipt.chargingSeconds)} of ${durationText(receipt.connectedSeconds)} connected`],
    ['Energy in', energyText(receipt.importWh)],
    ['Energy out', energyText(receipt.exportWh)],
    ['Battery', battery],
    ['Ended by', stopReason && stopReasonText(stopReason)],
  ]
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
}

const facts = (doc: Doc, receipt: ReceiptView, top: number) => {
  doc.fontSize(10)
  let y = top
  for (const [name, value] of factsOf(receipt)) {
    y = rowAt(doc, y)
    cell(doc, y, { text: name, x: LEFT, width: 110, colour: MUTED })
    cell(doc, y, { text: value, x: LEFT + 116, width: WIDTH - 116 })
    y = doc.y + 2
  }
  return y + 8
}

const COLUMNS = { text: [LEFT, 200], quantity: [262, 84], price: [350, 100], amount: [454, RIGHT - 454] } as const

const table = (doc: Doc, receipt: ReceiptView, top: number) => {
  const row = (y: number, texts: readonly [string, string, string, string], style: Pick<Cell, 'bold' | 'colour'> = {}) => {
    cell(doc, y, { ...style, text: texts[0], x: COLUMNS.text[0], width: COLUMNS.text[1] })
    const below = doc.y
    cell(doc, y, { ...style, text: texts[1], x: COLUMNS.quantity[0], width: COLUMNS.quantity[1], align: 'right' })
    cell(doc, y, { ...style, text: texts[2], x: COLUMNS.price[0], width: COLUMNS.price[1], align: 'right' })
    cell(doc, y, { ...style, text: texts[3], x: COLUMNS.amount[0], width: COLUMNS.amount[1], align: 'right' })
    return Math.max(below, doc.y)
  }
  doc.fontSize(10)
  const start = rowAt(doc, top, 40)
  rule(doc, start)
  const price = receipt.pricesIncludeVat ? 'Price incl. VAT' : 'Price excl. VAT'
  let y = row(start + 8, ['Item', 'Quantity', price, 'Amount incl. VAT'], { colour: MUTED }) + 4
  rule(doc, y)
  y += 8
  for (const line of receipt.cost.lines)
    y = row(rowAt(doc, y), [dimensionText(line), quantityText(line), unitPriceText(line), moneyText(line.amount)]) + 4
  rule(doc, y + 2)
  return y + 12
}

const totals = (doc: Doc, receipt: ReceiptView, below: number) => {
  const top = rowAt(doc, below, 60)
  const line = (y: number, text: string, amount: string, bold = false) => {
    cell(doc, y, { text, x: 262, width: 188, align: 'right', bold, colour: bold ? INK : MUTED })
    cell(doc, y, { text: amount, x: COLUMNS.amount[0], width: COLUMNS.amount[1], align: 'right', bold })
  }
  doc.fontSize(10)
  line(top, 'Net', moneyText(receipt.cost.net))
  line(top + 17, `VAT ${percentText(receipt.cost.vatRatePpm)}`, moneyText(receipt.cost.vat))
  doc.fontSize(13)
  line(top + 37, 'Total', moneyText(receipt.cost.total), true)
  return top + 66
}

const planned = (doc: Doc, { plan, timeZone }: ReceiptView, top: number) => {
  if (!plan) return top
  const difference = BigInt(plan.difference.micros)
  const compared =
    difference === 0n
      ? 'as accepted'
      : `${moneyText({ ...plan.difference, micros: String(difference < 0n ? -difference : difference) })} ${difference < 0n ? 'less' : 'more'}`
  const text = `Accepted plan: ${planText(plan.kind)}, ${timeText(plan.start, timeZone)} to ${timeText(plan.end, timeZone).slice(11)}, ${energyText(plan.acceptedWh)} for ${moneyText(plan.accepted)}. Charged: ${energyText(plan.chargedWh)}, ${compared}.`
  doc.fontSize(10)
  cell(doc, rowAt(doc, top), { text, x: LEFT, width: WIDTH, colour: MUTED })
  return doc.y + 8
}

const foot = (doc: Doc, receipt: ReceiptView, top: number) => {
  const lacking = printable(JSON.stringify(receipt), receiptFonts().covered).includes(MISSING)
  const note = lacking ? ` ${MISSING} stands for a character that this page has no type for; the receipt on the screen shows it.` : ''
  doc.fontSize(9)
  cell(doc, Math.max(rowAt(doc, top), 760), {
    text: `Tariff: ${receipt.tariffName}. Session ${receipt.sessionId}.${note}`,
    x: LEFT,
    width: WIDTH,
    colour: MUTED,
  })
}

/**
 * A4, one page as a rule, in embedded type. Dates in the file are the receipt's own, so that the same receipt is the same file. No
 * text makes it fail: what the type lacks is seen as U+FFFD.
 */
export const receiptPdf = (receipt: ReceiptView): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const title = `Charging receipt ${receipt.number}`
    const info = { Title: title, Author: receipt.operator.name, CreationDate: new Date(receipt.issuedAt) }
    const doc = new PDFDocument({ size: 'A4', margin: 0, lang: 'en', displayTitle: true, info })
    const { regular, bold } = receiptFonts()
    doc.registerFont('regular', regular).registerFont('bold', bold)
    const chunks: Buffer[] = []
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
    foot(doc, receipt, planned(doc, receipt, totals(doc, receipt, table(doc, receipt, facts(doc, receipt, header(doc, receipt))))))
    doc.end()
  })
