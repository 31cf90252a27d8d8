import { readFileSync } from 'node:fs'
import { create, type Font } from 'fontkit'

declare global {
  namespace PDFKit.Mixins {
    interface PDFFont {
      /** Since pdfkit 0.18 a parsed font too, which its types do not say yet. */
      registerFont(name: string, src: Font): this
    }
  }
}

export interface ReceiptFonts {
  /** Parsed once for all documents: it takes longer than a page. A document embeds only the glyphs that it shows. */
  readonly regular: Font
  readonly bold: Font
  /** The code points that both have. */
  readonly covered: ReadonlySet<number>
}

/** What stands for a character that the fonts lack. */
export const MISSING = '\ufffd'

const read = (style: 'Regular' | 'Bold'): Font => {
  const font = create(readFileSync(new URL(`../fonts/NotoSans-${style}.ttf`, import.meta.resolve('@embedpdf/fonts-latin'))))
  if ('fonts' in font) throw new Error(`Noto Sans ${style} is a collection.`)
  return font
}

let fonts: ReceiptFonts | undefined

/** Noto Sans (SIL Open Font License 1.1): Latin with all its accents, Greek, Cyrillic, Devanagari. Read when the first page is printed. */
export const receiptFonts = (): ReceiptFonts => {
  if (fonts) return fonts
  const [regular, bold] = [read('Regular'), read('Bold')]
  const inBold = new Set(bold.characterSet)
  fonts = { regular, bold, covered: new Set(regular.characterSet.filter((point) => inBold.has(point))) }
  return fonts
}

/**
 * Text as the fonts can show it: letters joined with their accents, breaks as spaces, marks without a shape of their own left out,
 * and U+FFFD for each other character that is lacking.
 */
export const printable = (text: string, covered: ReceiptFonts['covered']): string =>
  [...text.normalize('NFC').replace(/\s*[\n\r\t\v\f\u2028\u2029]+\s*/g, ' ')]
    .map((character) => {
      if (covered.has(character.codePointAt(0) ?? 0) && !/\p{Cc}/u.test(character)) return character
      return /\p{Default_Ignorable_Code_Point}/u.test(character) ? '' : MISSING
    })
    .join('')
