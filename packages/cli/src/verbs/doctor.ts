import { CommandFailure } from '../command-failure.ts'
import type { Check, CheckInput, Finding } from '../doctor/check.ts'
import { buildChecks } from '../doctor/check-builds.ts'
import { checkDatabase } from '../doctor/check-database.ts'
import { checkEmbeddedPostgres } from '../doctor/check-embedded-postgres.ts'
import { checkPackages } from '../doctor/check-packages.ts'
import { checkPinnedNode } from '../doctor/check-pinned-node.ts'
import { checkPlatform } from '../doctor/check-platform.ts'
import { checkPort } from '../doctor/check-port.ts'
import { EXIT } from '../exit-codes.ts'
import type { CommandContext, Verb } from '../verb.ts'

const CHECKS: readonly Check[] = [
  checkPlatform,
  checkPackages,
  checkPinnedNode,
  checkEmbeddedPostgres,
  ...buildChecks,
  checkPort,
  checkDatabase,
]
const MARK = { ok: '✔', failed: '✘', skipped: '–' } as const

const portOf = ({ values, env }: CommandContext): number => {
  const given = values.port ?? env.VOLTWAY_PORT ?? env.PORT ?? '8080'
  const port = Number(given)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new CommandFailure(`"${given}" is not a port.`, 'give a number from 1 to 65535 with --port or VOLTWAY_PORT.', EXIT.usage)
}

const inputOf = (context: CommandContext): CheckInput => ({
  root: context.root,
  env: context.env,
  platform: process.platform,
  arch: process.arch,
  userId: process.getuid?.(),
  port: portOf(context),
})

const linesOf = (finding: Finding): readonly string[] => [
  `  ${MARK[finding.state]} ${finding.check}: ${finding.detail}`,
  ...(finding.advice ? [`      What to do: ${finding.advice}`] : []),
]

export const doctor: Verb = {
  noun: undefined,
  verb: 'doctor',
  summary: 'check this installation, and say what to do about what is wrong',
  options: { port: { type: 'string', value: 'n', summary: 'the port that the server is to take (VOLTWAY_PORT; 8080)' } },
  run: async (context) => {
    const input = inputOf(context)
    const findings: Finding[] = []
    for (const check of CHECKS) {
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
