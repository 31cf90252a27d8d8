import { EXIT } from '../exit-codes.ts'
import { SERVER_OPTIONS } from '../server-flags.ts'
import { starting } from '../starting.ts'
import { untilAsked } from '../until-asked.ts'
import type { Verb } from '../verb.ts'
import { webRoots } from '../web-roots.ts'

export const start: Verb = {
  noun: undefined,
  verb: 'start',
  summary: 'serve the platform until it is asked to end',
  options: SERVER_OPTIONS,
  run: async (context) => {
    const [{ loadServerConfig }, { startServer }] = await Promise.all([import('../load-server-config.ts'), import('@voltway/app')])
    const server = await starting(() => startServer({ config: loadServerConfig(context), webRoots: webRoots(context.root) }))
    context.out(context.values.json === true ? JSON.stringify({ url: server.url }) : `Voltway serves at ${server.url}`)
    const setUpUrl = server.setUpUrl()
    if (setUpUrl !== undefined) context.note(`\n  Nobody has set this installation up yet. Open this link once:\n\n    ${setUpUrl}\n`)
    await untilAsked()
    await server.close()
    return EXIT.done
  },
}
