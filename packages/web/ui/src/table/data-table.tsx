import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import './data-table.css'

export interface Column<Row> {
  readonly id: string
  readonly header: string
  /** Stands behind the header; the cells hold bare numbers. */
  readonly unit?: string
  /** Tabular and at the end of its column. */
  readonly numeric?: boolean
  readonly cell: (row: Row) => ReactNode
  readonly sortBy?: (row: Row) => string | number | undefined
  /** `wide`: left out on phones; `wider`: only where there is room to spare. */
  readonly show?: 'always' | 'wide' | 'wider'
}
export interface DataTableProps<Row> {
  /** Says what the table lists, for readers that cannot see where it stands. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** Marks a row at its edge. */
  readonly toneOf?: (row: Row) => 'error' | 'warning' | undefined
  readonly empty: ReactNode
  readonly loading?: boolean
  /** The rows just before the end, such as a button for more. */
  readonly footer?: ReactNode
  readonly sortLabel?: (header: string) => string
}
interface Order {
  readonly column: string
  readonly descending: boolean
}

const compare = (a: string | number | undefined, b: string | number | undefined) => {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true })
}

const sorted = <Row,>(rows: readonly Row[], columns: readonly Column<Row>[], order: Order | undefined) => {
  const sortBy = columns.find(({ id }) => id === order?.column)?.sortBy
  if (!order || !sortBy) return rows
  const sign = order.descending ? -1 : 1
  return [...rows].sort((a, b) => sign * compare(sortBy(a), sortBy(b)))
}

/** Arrow keys go from row to row by the rows' links. */
const walk = (event: KeyboardEvent<HTMLElement>) => {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const row = event.target instanceof HTMLAnchorElement ? event.target.closest('tr') : null
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling
  const link = next?.querySelector<HTMLAnchorElement>('a')
  if (!link) return
  event.preventDefault()
  link.focus()
}

const Header = <Row,>({
  column,
  order,
  onOrder,
  sortLabel,
}: {
  readonly column: Column<Row>
  readonly order: Order | undefined
  readonly onOrder: (order: Order) => void
  readonly sortLabel: ((header: string) => string) | undefined
}) => {
  const mine = order?.column === column.id
  const text = (
    <>
      {column.header}
      {column.unit && <span className="vw-unit"> {column.unit}</span>}
    </>
  )
  return (
    <th
      scope="col"
      data-show={column.show}
      data-numeric={column.numeric || undefined}
      {...(mine && { 'aria-sort': order.descending ? ('descending' as const) : ('ascending' as const) })}
    >
      {column.sortBy ? (
        <button
          type="button"
          title={sortLabel?.(column.header)}
          onClick={() => onOrder({ column: column.id, descending: mine ? !order.descending : column.numeric === true })}
        >
          <span>{text}</span>
          <span aria-hidden className="vw-sort">
            {mine ? (order.descending ? '↓' : '↑') : ''}
          </span>
        </button>
      ) : (
        text
      )}
    </th>
  )
}

/** Rows of one noun: headers that sort, numbers at the end of their column, arrow keys from row to row. */
export const DataTable = <Row,>({ caption, columns, rows, rowKey, toneOf, empty, loading, footer, sortLabel }: DataTableProps<Row>) => {
  const [order, setOrder] = useState<Order>()
  const shown = useMemo(() => sorted(rows, columns, order), [rows, columns, order])
  return (
    // A table that is wider than its place scrolls, and the keyboard must reach it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus
    <section className="vw-table-scroll" aria-label={caption} tabIndex={0}>
      <table className="vw-table" aria-busy={loading || undefined}>
        <caption>{caption}</caption>
        {(rows.length > 0 || loading) && (
          <thead>
            <tr>
              {columns.map((column) => (
                <Header key={column.id} column={column} order={order} onOrder={setOrder} sortLabel={sortLabel} />
              ))}
            </tr>
          </thead>
        )}
        <tbody onKeyDown={walk}>
          {shown.map((row) => (
            <tr key={rowKey(row)} data-tone={toneOf?.(row)}>
              {columns.map((column) => (
                <td key={column.id} data-show={column.show} data-numeric={column.numeric || undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr className="vw-table-empty">
              <td colSpan={columns.length}>{loading ? <span className="vw-waiting" aria-hidden /> : empty}</td>
            </tr>
          )}
        </tbody>
      </table>
      {footer}
    </section>
  )
}
