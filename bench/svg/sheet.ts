import { escaped, INK, PANEL, QUIET, textAt } from './marks.ts'

const HEAD = 46

export interface Sheet {
  readonly title: string
  readonly caption: string
  /** The marks of each panel, in its own pixels. */
  readonly panels: readonly (readonly string[])[]
}

/** Panels two in a row on a light ground, with title and caption; plain SVG 1.1. */
export const sheetOf = ({ title, caption, panels }: Sheet): string => {
  const [width, height] = [PANEL.width * Math.min(2, panels.length), HEAD + PANEL.height * Math.ceil(panels.length / 2)]
  const place = (index: number) => `translate(${(index % 2) * PANEL.width} ${HEAD + Math.floor(index / 2) * PANEL.height})`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(caption)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    textAt([14, 22], title, `font-size="15" font-weight="700" fill="${INK}"`),
    textAt([14, 38], caption, `font-size="10.5" fill="${QUIET}"`),
    ...panels.map((marks, index) => `<g transform="${place(index)}">\n${marks.join('\n')}\n</g>`),
    '</svg>',
    '',
  ].join('\n')
}
