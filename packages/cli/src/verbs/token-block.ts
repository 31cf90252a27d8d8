import { API_OPTIONS, connectApi } from '../api/api.ts'
import { EXIT } from '../exit-codes.ts'
import { showOne } from '../show-rows.ts'
import type { Verb } from '../verb.ts'

export const tokenBlock: Verb = {
  noun: 'token',
  verb: 'block',
  summary: 'block an idToken: no station accepts it from now on',
  positionals: [{ name: 'token', summary: "the token's id in Voltway, not what the card says" }],
  options: API_OPTIONS,
  run: async (context) => {
    const [token = ''] = context.positionals
    const answer = await connectApi(context).post(`/tokens/${encodeURIComponent(token)}/block`, {})
    showOne(context, answer, () => [`Token ${token} is blocked.`])
    return EXIT.done
  },
}
