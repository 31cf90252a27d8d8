import { EXIT } from '../exit-codes.ts'
import { SERVER_OPTIONS } from '../server-flags.ts'
import type { Verb } from '../verb.ts'

export const configCheck: Verb = {
  noun: 'config',
  verb: 'check',
  summary: 'check the settings that the server would start with',
  options: SERVER_OPTIONS,
  run: async (context) => {
    const { loadServerConfig } = await import('../load-server-config.ts')
    loadServerConfig(context)
    context.out(context.values.json === true ? JSON.stringify({ ok: true }) : 'The configuration is in order.')
    return EXIT.done
  },
}
