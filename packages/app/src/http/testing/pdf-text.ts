import { inflateSync } from 'node:zlib'

/** Where a piece of text stands (`1 0 0 1 x y Tm`), and the array that holds its characters. */
const SHOWN = /1 0 0 1 ([\d.-]+) ([\d.-]+) Tm\s[^[]*\[([^\]]*)\] TJ/g
/** WinAnsiEncoding (ISO 32000-1, annex D.2) is this page of characters. */
const characters = new TextDecoder('windows-1252')

const streamsOf = (pdf: Buffer): readonly string[] => {
  const text = pdf.toString('latin1')
  return [...text.matchAll(/<<([^>]*)>>\s*stream\r?\n/g)].flatMap((head) => {
    const from = head.index + head[0].length
    const bytes = pdf.subarray(from, text.indexOf('endstream', from))
    return head[1]?.includes('/FlateDecode') ? [inflateSync(bytes).toString('latin1')] : [bytes.toString('latin1')]
  })
}

const piecesOf = (stream: string) =>
  [...stream.matchAll(SHOWN)].map(([, x = '', y = '', array = '']) => {
    const hex = [...array.matchAll(/<([\da-f]*)>/gi)].map(([, digits]) => digits).join('')
    return { x: Number(x), y: Number(y), text: characters.decode(Buffer.from(hex, 'hex')) }
  })

/**
 * The text of a PDF in a standard font as a reader sees it: lines from the top down, each with its pieces from left to right. Spaces
 * that do not break are plain ones.
 */
export const pdfLines = (pdf: Buffer): readonly (readonly string[])[] => {
  const pieces = streamsOf(pdf).flatMap(piecesOf)
  return [...Map.groupBy(pieces, ({ y }) => y)]
    .toSorted(([a], [b]) => b - a)
    .map(([, line]) => line.toSorted((a, b) => a.x - b.x).map(({ text }) => text.replace(/\u00a0/g, ' ').trim()))
}
