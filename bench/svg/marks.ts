/** Colours of text and axes on a light ground. */
export const INK = '#24292f'
export const FAINT = '#d5dae0'
export const QUIET = '#57606a'

/** A panel with its axes inside, in pixels. */
export const PANEL = { width: 470, height: 250, left: 56, right: 14, top: 50, bottom: 44 }

export type Point = readonly [x: number, y: number]

export const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
export const n = (value: number) => String(Math.round(value * 100) / 100)
export const textAt = (at: Point, text: string, style: string) => `<text x="${n(at[0])}" y="${n(at[1])}" ${style}>${escaped(text)}</text>`
export const lineFrom = (from: Point, to: Point, stroke: string) =>
  `<line x1="${n(from[0])}" y1="${n(from[1])}" x2="${n(to[0])}" y2="${n(to[1])}" stroke="${stroke}"/>`

/** Steps of 1, 2 or 5 times a power of ten, about five to the axis. */
export const tickStep = (span: number): number => {
  const rough = span / 5 || 1
  const power = 10 ** Math.floor(Math.log10(rough))
  return (rough / power > 5 ? 10 : rough / power > 2 ? 5 : rough / power > 1 ? 2 : 1) * power
}

/** Title of a panel and the name of its upright axis. */
export const panelNames = ({ title, yLabel }: { readonly title: string; readonly yLabel: string }): readonly string[] => [
  textAt(
    [0, 0],
    yLabel,
    `font-size="10" fill="${QUIET}" text-anchor="middle" transform="translate(14 ${(PANEL.top + PANEL.height - PANEL.bottom) / 2}) rotate(-90)"`,
  ),
  textAt([PANEL.left, 16], title, `font-size="12" font-weight="600" fill="${INK}"`),
]

export interface LegendEntry {
  readonly label: string
  readonly colour: string
  readonly mark: 'line' | 'block'
  readonly dashed?: boolean | undefined
}

/** The legend of a panel, in one row below its title. */
export const legendOf = (entries: readonly LegendEntry[]): readonly string[] => {
  let at = PANEL.left
  return entries.flatMap(({ label, colour, mark, dashed }) => {
    const from = at
    at += 24 + label.length * 5.7
    const drawn =
      mark === 'line'
        ? `<line x1="${n(from)}" y1="31" x2="${n(from + 14)}" y2="31" stroke="${colour}" stroke-width="2"${dashed ? ' stroke-dasharray="4 3"' : ''}/>`
        : `<rect x="${n(from)}" y="26" width="12" height="10" fill="${colour}"/>`
    return [drawn, textAt([from + 17, 35], label, `font-size="10" fill="${INK}"`)]
  })
}
