import type { ReactNode } from 'react'

export type Fact = readonly [label: string, value: ReactNode]

/** Small facts as terms and values; what is not known is left out. */
export const Facts = ({ facts }: { readonly facts: readonly (Fact | undefined)[] }) => (
  <dl className="c-facts">
    {facts.map((fact) =>
      fact && fact[1] !== undefined && fact[1] !== '' ? (
        <div key={fact[0]}>
          <dt>{fact[0]}</dt>
          <dd>{fact[1]}</dd>
        </div>
      ) : null,
    )}
  </dl>
)

export interface FigureProps {
  readonly label: string
  readonly value: ReactNode
  readonly unit?: string | undefined
  readonly note?: ReactNode
}
/** One number with its unit; inside a link it leads to its rows. */
export const Figure = ({ label, value, unit, note }: FigureProps) => (
  <>
    <span className="c-figure-label">{label}</span>
    <span className="c-figure-value">
      {value}
      {unit && <small> {unit}</small>}
    </span>
    {note && <span className="c-figure-note">{note}</span>}
  </>
)
