import { join } from 'node:path'
import type { ThrowAwayDatabase } from '../demo/throw-away-database.ts'
import { EXIT } from '../exit-codes.ts'
import { starting } from '../starting.ts'
import { untilAsked } from '../until-asked.ts'
import type { CommandContext, Verb } from '../verb.ts'
import { webRoots } from '../web-roots.ts'

/** Settings of a real installation that a demo must not touch or show. */
const IGNORED = ['VOLTWAY_HOST', 'VOLTWAY_PUBLIC_URL', 'VOLTWAY_DATA_DIRECTORY', 'VOLTWAY_SECRET', 'DATABASE_URL'] as const

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`

const beginTown = async (context: CommandContext, database: ThrowAwayDatabase) => {
  const [{ loadServerConfig }, { runDemo }] = await Promise.all([import('../load-server-config.ts'), import('../demo/run-demo.ts')])
  const env = Object.fromEntries(Object.entries(context.env).filter(([name]) => !IGNORED.some((ignored) => ignored === name)))
  const config = loadServerConfig({ env: { VOLTWAY_LOG_LEVEL: 'error', ...env }, values: context.values })
  const progress = (step: string, took: number) => context.note(`  ✔ ${step} (${seconds(took)})`)
  return starting(() => runDemo({ config, database, webRoots: webRoots(context.root), progress }))
}

export const demo: Verb = {
  noun: undefined,
  verb: 'demo',
  summary: 'serve a made-up town with charging stations on loopback, with a throw-away database',
  options: { port: { type: 'string', value: 'n', summary: 'the port to listen on (8080)' } },
  run: async (context) => {
    // The database gets ready in a process of its own while this one loads the platform.
    const { beginDatabase } = await import('../demo/throw-away-database.ts')
    const database = await beginDatabase(join(context.root, 'node_modules', '.cache', 'voltway-demo'))
    const town = await beginTown(context, database).catch(async (error: unknown) => {
      await database.close()
      throw error
    })
    const { url, operator, driver, apiKey } = town
    context.note(`
  Lunebridge is charging at ${url}

    driver app   ${url}/           ${driver.email}   ${driver.password}
    console      ${url}/console/   ${operator.email}   ${operator.password}
    simulator    ${url}/simulator/ (sign in to the console first)
    API          ${url}/api/reference   Authorization: Bearer ${apiKey}

  Everything is thrown away when you stop it with Ctrl-C.
`)
    context.out(JSON.stringify({ url, operator, driver, apiKey }))
    await untilAsked()
    await town.close()
    return EXIT.done
  },
}
