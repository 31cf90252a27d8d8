import { once } from 'node:events'
import { connect } from 'node:net'
import { type Check, failed, passed, skipped } from './check.ts'

const NAME = 'DATABASE_URL'
const ADVICE =
  'correct DATABASE_URL (postgres://user:password@host:5432/database), start that server, or unset it to use the embedded PostgreSQL.'

/** Where a PostgreSQL URL points; undefined when it is none. The password stays out of it. */
export const placeOf = (url: string): { readonly host: string; readonly port: number } | undefined => {
  if (!URL.canParse(url) || !/^postgres(ql)?:/.test(url)) return undefined
  const { hostname, port } = new URL(url)
  return { host: hostname.replace(/^\[|\]$/g, '') || 'localhost', port: Number(port || 5432) }
}

/** Whether somebody listens there. Whether the role is fit, and the version new enough, is for the server to say when it starts. */
export const checkDatabase: Check = async ({ env }) => {
  const url = env.DATABASE_URL
  if (!url) return skipped(NAME, 'is not set: the embedded PostgreSQL is used')
  const place = placeOf(url)
  if (!place) return failed(NAME, 'is no PostgreSQL URL', ADVICE)
  const where = `${place.host}:${place.port}`
  const socket = connect(place)
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(5_000) })
    return passed(NAME, `${where} can be reached; its role and version are checked when the server starts`)
  } catch (error) {
    const why = error instanceof Error && 'code' in error && error.code !== 'ABORT_ERR' ? String(error.code) : 'no answer within 5 s'
    return failed(NAME, `${where} cannot be reached: ${why}`, ADVICE)
  } finally {
    socket.destroy()
  }
}
