import { extractTextItems, getDocumentProxy } from 'unpdf'

/**
 * The text of a PDF as another program reads it, in the fonts and encodings of the file: lines from the top down, each with its pieces
 * from left to right. Spaces of every width are plain ones.
 */
export const pdfLines = async (pdf: Uint8Array): Promise<readonly (readonly string[])[]> => {
  const { items } = await extractTextItems(await getDocumentProxy(new Uint8Array(pdf)))
  return items.flatMap((page) =>
    [...Map.groupBy(page, ({ y }) => Math.round(y * 10))]
      .toSorted(([a], [b]) => b - a)
      .map(([, line]) => line.toSorted((a, b) => a.x - b.x).map(({ str }) => str.replace(/\s+/g, ' ').trim()))
      .map((line) => line.filter((piece) => piece !== ''))
      .filter(({ length }) => length > 0),
  )
}
