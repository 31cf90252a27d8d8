import type { Config } from '@voltway/app'
import type { Check, CheckInput, Finding } from '../doctor/check.ts'
import { buildChecks } from '../doctor/check-builds.ts'
import { checkDataFolder } from '../doctor/check-data-folder.ts'
import { checkDatabase } from '../doctor/check-database.ts'
import { checkEmbeddedPostgres } from '../doctor/check-embedded-postgres.ts'
import { checkPackages } from '../doctor/check-packages.ts'
import { checkPinnedNode } from '../doctor/check-pinned-node.ts'
import { checkPlatform } from '../doctor/check-platform.ts'
import { checkPort } from '../doctor/check-port.ts'
import { EXIT } from '../exit-codes.ts'
import { flagsOf, SERVER_OPTIONS } from '../server-flags.ts'
import type { CommandContext, Verb } from '../verb.ts'

const CHECKS: readonly Check[] = [
  checkPlatform,
  checkPackages,
  checkPinnedNode,
  checkEmbeddedPostgres,
  ...buildChecks,
  checkDataFolder,
  checkPort,
  checkDatabase,
]
const MARK = { ok: '✔', failed: '✘', skipped: '–' } as const

const inputOf = (context: CommandContext, { host, port, dataDirectory, databaseUrl }: Config): CheckInput => ({
  root: context.root,
  env: context.env,
  platform: process.platform,
  arch: process.arch,
  userId: process.getuid?.(),
  host,
  port,
  dataDirectory,
  databaseUrl,
})

const linesOf = (finding: Finding): readonly string[] => [
  `  ${MARK[finding.state]} ${finding.check}: ${finding.detail}`,
  ...(finding.advice ? [`      What to do: ${finding.advice}`] : []),
]

export const doctor: Verb = {
  noun: undefined,
  verb: 'doctor',
  summary: 'check this installation, and say what to do about what is wrong',
  options: SERVER_OPTIONS,
  run: async (context) => {
    const { checkSettings } = await import('../doctor/check-settings.ts')
    const { config, finding: settings } = checkSettings(context.env, flagsOf(context))
    const input = inputOf(context, config)
    const findings: Finding[] = []
    for (const check of [() => settings, ...CHECKS]) {
      const finding = await check(input)
      findings.push(finding)
      if (context.values.json !== true) for (const line of linesOf(finding)) context.out(line)
    }
    const bad = findings.filter(({ state }) => state === 'failed').length
    if (context.values.json === true) context.out(JSON.stringify({ ok: bad === 0, checks: findings }))
    else context.out(bad === 0 ? 'Everything is in order.' : `${bad} of ${findings.length} checks failed.`)
    return bad === 0 ? EXIT.done : EXIT.failed
  },
}
