import { API_OPTIONS, connectApi } from '../api/api.ts'
import { EXIT } from '../exit-codes.ts'
import { showOne } from '../show-rows.ts'
import type { Verb } from '../verb.ts'

export const sessionStop: Verb = {
  noun: 'session',
  verb: 'stop',
  summary: 'ask the station to end a charging session',
  positionals: [{ name: 'session', summary: "the session's id, as session list shows it" }],
  options: API_OPTIONS,
  run: async (context) => {
    const [session = ''] = context.positionals
    const answer = await connectApi(context).post(`/sessions/${encodeURIComponent(session)}/stop`, {})
    showOne(context, answer, () => [`The station accepted to end session ${session}.`])
    return EXIT.done
  },
}
