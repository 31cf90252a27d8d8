import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

const FILE = join(import.meta.dirname, '..', 'testing', 'failing-talk.ts')
/** Real time in which a file ends that holds nothing open, also on a busy machine; one that waits for a car or a plan takes far longer. */
const PATIENCE_MS = 25_000

const run = (moment: string) =>
  new Promise<{ readonly code: number | null; readonly printed: string }>((resolve) => {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const child = spawn(process.execPath, [FILE, moment], { stdio: ['ignore', 'pipe', 'inherit'], timeout: PATIENCE_MS, env })
    let printed = ''
    child.stdout.on('data', (bytes: Buffer) => {
      printed += bytes.toString()
    })
    child.on('close', (code) => resolve({ code, printed }))
  })

for (const moment of ['the cable comes up', 'the first messages', 'the server is asked for a plan', 'the car charges'])
  test(`a test that fails at this moment leaves nothing open: ${moment}`, async () => {
    const { code, printed } = await run(moment)
    assert.match(printed, new RegExp(`at: ${moment}`))
    assert.equal(code, 1)
  })
