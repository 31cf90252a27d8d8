import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { REGISTRY } from './registry.ts'
import { runCommand } from './run-command.ts'

const folder = await mkdtemp(join(tmpdir(), 'voltway-pki-'))
after(() => rm(folder, { recursive: true }))

const run = async (...argv: readonly string[]) => {
  const printed: string[] = []
  const noted: string[] = []
  const surroundings = { env: {}, root: folder, out: (text: string) => printed.push(text), note: (text: string) => noted.push(text) }
  return { code: await runCommand(REGISTRY, ['pki', ...argv], surroundings), printed, noted: noted.join('\n') }
}

test('one command makes three hierarchies, with keys that only their owner can read', async () => {
  const out = join(folder, 'made')
  const { code, printed } = await run('test', '--out', out, '--emaid', 'DE-ABC-C12345678', '--json')
  assert.equal(code, 0)
  const { files } = JSON.parse(printed[0] ?? '')
  assert.equal(files.length, 34 + 37 + 38)
  for (const file of files as readonly string[])
    assert.equal((await stat(join(out, file))).mode & 0o777, file.endsWith('.key') ? 0o600 : 0o644, file)
  assert.ok(files.includes('iso15118-20-ed448/oem-provisioning.alternate.key'))
  const contract = new X509Certificate(await readFile(join(out, 'iso15118-2/contract.pem')))
  assert.match(contract.subject, /^CN=DE-ABC-C12345678\n/)
})

test('what exists is not written over, and nothing else is written then', async () => {
  const out = join(folder, 'twice')
  assert.equal((await run('test', '--out', out)).code, 0)
  const path = join(out, 'iso15118-2/v2g-root.key')
  const before = await readFile(path, 'utf8')
  await rm(join(out, 'iso15118-2/secc.key'))
  const { code, noted } = await run('test', '--out', out)
  assert.equal(code, 1)
  assert.match(noted, /exists; nothing was written/)
  assert.equal(await readFile(path, 'utf8'), before)
  await assert.rejects(stat(join(out, 'iso15118-2/secc.key')))
})

test('without a folder nothing is tried', async () => {
  assert.deepEqual(await run('test'), { code: 2, printed: [], noted: '--out is missing.\n  What to do: name a folder to write to.' })
})
