import { type Check, failed, passed, skipped } from './check.ts'

const NAME = 'DATABASE_URL'
const ADVICE =
  'correct DATABASE_URL (postgres://user:password@host:5432/database), start that server, or unset it to use the embedded PostgreSQL.'

/** Where a PostgreSQL URL points; undefined when it is none. The password stays out of it. */
export const placeOf = (url: string): { readonly host: string; readonly port: number } | undefined => {
  if (!URL.canParse(url) || !/^postgres(ql)?:/.test(url)) return undefined
  const { hostname, port, searchParams } = new URL(url)
  return { host: hostname.replace(/^\[|\]$/g, '') || searchParams.get('host') || 'localhost', port: Number(port || 5432) }
}

/** PostgreSQL's own words name user and database, never the password. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'no answer'
  return 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code) ? error.code : error.message
}

/** Whether Voltway can run there: it is asked for its version and what the role may do, and nothing is changed. */
export const checkDatabase: Check = async ({ databaseUrl: url }) => {
  if (!url) return skipped(NAME, 'is not set: the embedded PostgreSQL is used')
  const place = placeOf(url)
  if (!place) return failed(NAME, 'is no PostgreSQL URL', ADVICE)
  const where = `${place.host}:${place.port}`
  const { probeDatabase } = await import('@voltway/store')
  try {
    const { version, name, database, nodes, refusal } = await probeDatabase(url)
    const found = `${where} is PostgreSQL ${Math.floor(version / 10_000)}.${version % 10_000}, role ${name}, database ${database}${nodes.length > 0 ? `, served by ${nodes.join(', ')}` : ''}`
    return refusal === undefined ? passed(NAME, found) : failed(NAME, found, refusal)
  } catch (error) {
    return failed(NAME, `${where} cannot be used: ${reasonOf(error)}`, ADVICE)
  }
}
