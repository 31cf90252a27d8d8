import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { planFor } from './verbs.mjs'

const module = pathToFileURL(join(import.meta.dirname, 'hand-over.mjs')).href

/** A process that hands over to a program given as text. @param {string} program */
const handingOver = (program) => {
  const node = '{ path: process.execPath, env: process.env }'
  const script = `import { handOver } from ${JSON.stringify(module)}; process.exit(await handOver(${node}, ['-e', ${JSON.stringify(program)}]))`
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
}

test('the exit code of the program is ours', async () => {
  const [code] = await once(handingOver('process.exit(7)'), 'exit')
  assert.equal(code, 7)
})

test('a signal reaches the program, which ends in its own way', async () => {
  const parent = handingOver("setInterval(() => {}, 1e6); process.on('SIGTERM', () => process.exit(5)); console.log('up')")
  await once(parent.stdout, 'data')
  parent.kill('SIGTERM')
  const [code] = await once(parent, 'exit')
  assert.equal(code, 5)
})

test('the program learns that we are gone even when we were killed', async () => {
  const parent = handingOver(
    "process.on('disconnect', () => { console.log('alone'); process.exit(0) }); setInterval(() => {}, 1e6); console.log('up')",
  )
  let text = ''
  parent.stdout.on('data', (chunk) => {
    text += chunk
    if (text === 'up\n') parent.kill('SIGKILL')
  })
  await once(parent.stdout, 'close')
  assert.equal(text, 'up\nalone\n')
})

test('start and demo go to the command line program, with their arguments, and need the web apps', () => {
  assert.deepEqual(planFor(['demo', '--port', '8081']), { args: ['packages/cli/src/main.ts', 'demo', '--port', '8081'], web: true })
  assert.equal(planFor(['start'])?.web, true)
})

test('a filtered test run builds the web apps only when it reaches the browser', () => {
  assert.equal(planFor(['test'])?.web, true)
  assert.equal(planFor(['test', 'packages/units'])?.web, false)
  assert.equal(planFor(['test', 'e2e/booking'])?.web, true)
})

test('an unknown verb, or one that only objects in general have, has no plan', () => {
  assert.equal(planFor(['stat']), undefined)
  assert.equal(planFor(['toString']), undefined)
  assert.equal(planFor([]), undefined)
})
