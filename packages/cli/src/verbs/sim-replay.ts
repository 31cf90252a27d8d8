import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import type { ReplayServer } from '../replay/replay-server.ts'
import type { CommandContext, Verb } from '../verb.ts'

/** Settings of a real installation that a replay must not touch: it has a database and an address of its own. */
const IGNORED = [
  'VOLTWAY_HOST',
  'VOLTWAY_PORT',
  'PORT',
  'VOLTWAY_PUBLIC_URL',
  'VOLTWAY_DATA_DIRECTORY',
  'VOLTWAY_SECRET',
  'DATABASE_URL',
] as const

const text = (value: string | boolean | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
const usage = (message: string, advice?: string): CommandFailure => new CommandFailure(message, advice, EXIT.usage)

const speedOf = (value: string | undefined): number | 'max' => {
  if (value === undefined || value === 'max') return 'max'
  const speed = Number(value)
  if (Number.isFinite(speed) && speed > 0) return speed
  throw usage(`--speed ${value} is not a speed.`, 'give recorded seconds in a real one, such as 60, or max.')
}
const daysOf = (value: string | undefined): number | undefined => {
  const days = Number(value ?? 1)
  if (!Number.isInteger(days) || days < 1) throw usage(`--days ${value} is not a number of days.`, 'give a whole number from 1 on.')
  return value === undefined ? undefined : days
}
const dateOf = (value: string | undefined): string | undefined => {
  if (value === undefined) return undefined
  try {
    return Temporal.PlainDate.from(value).toString()
  } catch {
    throw usage(`--from ${value} is not a date.`, 'give one as 2019-03-05.')
  }
}

const refuseRunningServer = ({ values }: CommandContext): void => {
  if (values.url !== undefined || values['api-key'] !== undefined)
    throw usage(
      'A recording cannot be played into a running server: that keeps its own clock, and its receipts would carry other times.',
      `leave ${values.url === undefined ? '--api-key' : '--url'} out: a replay starts a server whose clock is the recording's, and --keep lets it stay.`,
    )
}

const load = async ({ values, positionals }: CommandContext) => {
  const [{ loadRecording }, { DEFAULT_TARIFF, loadTariff }, { isTimeZone }] = await Promise.all([
    import('../replay/load-recording.ts'),
    import('../replay/replay-tariff.ts'),
    import('../replay/zone-of-site.ts'),
  ])
  const timeZone = text(values['time-zone'])
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw usage(`--time-zone ${timeZone} is not a time zone.`, 'give one as Europe/Oslo.')
  const file = text(values.tariff)
  const tariff = file === undefined ? DEFAULT_TARIFF : await loadTariff(file)
  const recording = await loadRecording({
    file: positionals[0] ?? '',
    map: text(values.map) ?? '',
    timeZone,
    from: dateOf(text(values.from)),
    days: daysOf(text(values.days)),
  })
  return { tariff, recording }
}

export const simReplay: Verb = {
  noun: 'sim',
  verb: 'replay',
  summary: 'play recorded charging sessions through OCPP into a server of its own, and hold the receipts against them',
  positionals: [{ name: 'file', summary: 'a CSV file of recorded sessions' }],
  options: {
    from: { type: 'string', value: 'date', summary: "the first day (the recording's first)" },
    days: { type: 'string', value: 'n', summary: 'days from then on (all)' },
    speed: { type: 'string', value: 'n|max', summary: 'recorded seconds in a real one (max: as fast as the links acknowledge)' },
    map: { type: 'string', value: 'ours=theirs,...', summary: 'what the columns are called where the names are not ours' },
    tariff: { type: 'string', value: 'file', summary: 'a price list as JSON (day and night, with an idle fee)' },
    'time-zone': { type: 'string', value: 'zone', summary: 'where times without an offset are read (known by site, else UTC)' },
    port: { type: 'string', value: 'n', summary: 'the port to listen on (any free one)' },
    keep: { type: 'boolean', summary: 'serve what was played until Ctrl-C' },
    url: { type: 'string', value: 'url', summary: 'refused: a running server keeps its own clock' },
    'api-key': { type: 'string', value: 'key', summary: 'refused, as --url' },
  },
  examples: [
    'voltway sim replay sessions.csv --from 2019-03-05 --days 1',
    'voltway sim replay wallbox.csv --map evse_id=box,arrival=plugged,departure=unplugged --time-zone Europe/Berlin --keep',
  ],
  run: async (context) => {
    refuseRunningServer(context)
    const speed = speedOf(text(context.values.speed))
    const { recording, tariff } = await load(context)
    const [{ loadServerConfig }, { runReplay }, { reportLines, summaryOf }, { webRoots }, { untilAsked }] = await Promise.all([
      import('../load-server-config.ts'),
      import('../replay/run-replay.ts'),
      import('../replay/replay-report.ts'),
      import('../web-roots.ts'),
      import('../until-asked.ts'),
    ])
    const env = Object.fromEntries(Object.entries(context.env).filter(([name]) => !IGNORED.some((ignored) => ignored === name)))
    const config = loadServerConfig({
      env: { VOLTWAY_LOG_LEVEL: 'error', VOLTWAY_PORT: '0', ...env },
      values: { port: context.values.port },
    })
    context.note(`  ${recording.sessions.length} recorded sessions, the server starts`)
    const asked = untilAsked()
    const serving = Promise.withResolvers<ReplayServer>()
    const roots = context.values.keep === true ? webRoots(context.root) : undefined
    const told = { progress: context.note, onServer: serving.resolve }
    const finished = await Promise.race([
      runReplay({ config, webRoots: roots, recording, speed, tariff, ...told }),
      asked.then(() => undefined),
    ])
    if (!finished) {
      context.note('  Stopped before the end: the server and its database are put away.')
      await (await serving.promise).close()
      process.exit(EXIT.failed)
    }
    const { outcome, server } = finished
    try {
      const summary = summaryOf(outcome)
      if (context.values.json === true) context.out(JSON.stringify({ ...summary, ...outcome }))
      else for (const line of reportLines(outcome)) context.out(line)
      if (context.values.keep === true) {
        const { email, password } = server.owner
        context.note(
          `\n  ${server.server.url}/console/   ${email}   ${password}\n  Everything is thrown away when you stop it with Ctrl-C.`,
        )
        await asked
      }
      return summary.differing === 0 ? EXIT.done : EXIT.failed
    } finally {
      await server.close()
    }
  },
}
