import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { postgresBinaries } from './postgres-binaries.ts'
import { processMark } from './process-mark.ts'
import { guarded, unprivileged } from './unprivileged.ts'

test('a way to run is found here, and it is not as root', async () => {
  const { postgres } = await postgresBinaries()
  const { how, wrap, owner } = await unprivileged(postgres)
  assert.equal(how === 'same user', process.getuid?.() !== 0)
  assert.equal(owner === undefined, how === 'same user')
  const { command, args } = wrap(postgres, ['--version'])
  assert.ok([command, ...args].includes(postgres))
})

test('what cannot run at all says so and names DATABASE_URL', async () => {
  await assert.rejects(unprivileged('/nowhere/postgres'), /DATABASE_URL/)
})

test('without setpriv a shell ends the server when the pipe to us breaks, and passes on signals', async () => {
  const program = "process.on('SIGINT', () => process.exit(7)); console.log(process.pid); setInterval(() => {}, 1000)"
  const [command, args] = guarded(process.execPath, ['-e', program], false)
  for (const end of ['pipe', 'signal'] as const) {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] })
    const [line] = await once(child.stdout!, 'data')
    const server = Number(String(line).trim())
    assert.notEqual(await processMark(server), undefined)
    const pipe = child.stdio[3]
    if (end === 'signal') child.kill('SIGINT')
    else if (pipe !== null && pipe !== undefined) pipe.destroy()
    const [code] = await once(child, 'close')
    assert.equal(code, 7, end)
    assert.equal(await processMark(server), undefined, end)
  }
})
