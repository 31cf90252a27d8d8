import { PARTS, type Part, type PartName } from './ingest-parts.ts'

export interface IngestStatement {
  /** The name it is prepared under: one for each combination of parts. */
  readonly name: string
  readonly text: string
}

/** The rows of a part: its parameters, one array a column, unnested side by side. */
const sourceOf = ({ columns }: Part, first: number) => {
  const types = Object.values(columns)
  return `unnest(${types.map((type, index) => `$${first + index}::${type}[]`).join(', ')}) as given(${Object.keys(columns).join(', ')})`
}

const build = (names: readonly PartName[]): string => {
  const ctes: string[] = []
  const events: string[] = []
  const results: string[] = []
  let first = 1
  for (const name of names) {
    const part: Part = PARTS[name]
    ctes.push(`${name}_given as (select * from ${sourceOf(part, first)})`)
    ctes.push(`${name}_new as (${part.write(`${name}_given`)} returning ${part.returning})`)
    if (part.events) events.push(part.events(`${name}_new`))
    // The keys are wanted only when some were known: mostly all are new, and a count says so.
    const keys = part.key && `case when count(*) < cardinality($${first}) then array_agg(${part.key}) end`
    if (keys) results.push(`(select jsonb_build_object('count', count(*), 'keys', ${keys}) from ${name}_new) as "${name}"`)
    first += Object.keys(part.columns).length
  }
  if (events.length > 0)
    ctes.push(`published as (insert into voltway.outbox (tenant_id, recorded_at, type, subject, data) ${events.join('\n union all ')})`)
  return `with ${ctes.join(',\n')}\nselect ${results.join(', ') || 'null as nothing'}`
}

const built = new Map<string, IngestStatement>()

/** The one statement that writes rows of these parts and the outbox rows of those that were new. */
export const ingestStatement = (names: readonly PartName[]): IngestStatement => {
  const name = `ingest-${names.join('-')}`
  const known = built.get(name)
  if (known !== undefined) return known
  const statement = { name, text: build(names) }
  built.set(name, statement)
  return statement
}
