import assert from 'node:assert/strict'
import type { Answer, Loose } from './ask.ts'
import { inTurn } from './in-turn.ts'
import type { Town } from './open-town.ts'

/** Everything an operator can look at, and take with them. */
const PAGES = [
  '/overview',
  '/funnel',
  '/sites',
  '/stations',
  '/stations?inError=true',
  '/sessions?limit=200',
  '/sessions?inError=true',
  '/reservations',
  '/alarms',
  '/ledger',
  '/drivers',
  '/tokens',
  '/vehicles/charging',
  '/public/sites',
]

/** Every list, every session and every receipt loads. */
export const everythingLoads = async ({ ask, key, one }: Town) => {
  const stationPages = one.stations.flatMap(({ id }) =>
    ['', '/messages?limit=200', '/messages?inError=true', '/timeline', '/variables', '/commands'].map((page) => `/stations/${id}${page}`),
  )
  const sitePages = one.siteIds.flatMap((id) => [`/sites/${id}`, `/sites/${id}/power`, `/sites/${id}/timeline`])
  const load = async (path: string) => {
    const answer = await ask('GET', `/api/v1${path}`, { key })
    assert.equal(answer.status, 200, `${path}: ${answer.text.slice(0, 300)}`)
    return answer
  }
  await inTurn([...PAGES, ...stationPages, ...sitePages], 8, load)
  const sessions: { readonly id: Loose; readonly state: Loose }[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { body }: Answer = await load(`/sessions?limit=200${cursor}`)
    sessions.push(...Object.values(body.items ?? {}).map(({ id, state }) => ({ id: id!, state: state! })))
    cursor = body.nextCursor && `&cursor=${String(body.nextCursor)}`
  }
  const details = sessions.filter((_, index) => index % Math.ceil(sessions.length / 60) === 0)
  await inTurn(details, 8, async ({ id, state }) => {
    await load(`/sessions/${String(id)}`)
    await load(`/sessions/${String(id)}/series`)
    if (String(state) !== 'billed') return
    await load(`/sessions/${String(id)}/receipt`)
    assert.ok((await load(`/sessions/${String(id)}/receipt.pdf`)).text.startsWith('%PDF'))
  })
  return sessions.length
}
