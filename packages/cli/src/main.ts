// The program: reads the command line, runs one verb, ends with its exit code.
import { resolve } from 'node:path'
import { REGISTRY } from './registry.ts'
import { runCommand } from './run-command.ts'

// Started through the bootstrap, which is gone: end as if asked to, so that no server is left behind.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

process.exitCode = await runCommand(REGISTRY, process.argv.slice(2), {
  env: process.env,
  root: resolve(import.meta.dirname, '..', '..', '..'),
  out: (text) => console.log(text),
  note: (text) => console.error(text),
})
