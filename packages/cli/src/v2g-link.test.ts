import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { REGISTRY } from './registry.ts'
import { runCommand } from './run-command.ts'

const folder = await mkdtemp(join(tmpdir(), 'voltway-link-'))
after(() => rm(folder, { recursive: true }))

const run = async (...argv: readonly string[]) => {
  const printed: string[] = []
  const note = (text: string) => printed.push(text)
  const code = await runCommand(REGISTRY, ['v2g', ...argv], { env: {}, root: folder, out: note, note })
  return { code, printed: printed.join('\n') }
}

const refused: [argv: readonly string[], words: RegExp][] = [
  [['secc'], /--iface is missing.*\n.*name the interface/],
  [['secc', '--iface', 'nowhere0'], /nowhere0 has no IPv6 address of the link/],
  [['secc', '--iface', 'lo', '--current', 'tesla'], /--current tesla is not known/],
  [['evcc', '--iface', 'lo', '--protocol', 'iso', '--plain'], /--protocol iso is not known.*\n.*iso15118-20, iso15118-2, din70121/],
  [['evcc', '--iface', 'lo', '--protocol', 'din70121', '--pki', folder], /Neither --pki nor --plain/],
  [['secc', '--iface', 'lo', '--set-point', '1e9', '--trusted'], /--set-point 1e9 is not known/],
  [['secc', '--iface', 'lo', '--port', '99999', '--trusted'], /--port 99999 is not known/],
  [['secc', '--iface', 'lo', '--evse-id', 'DE*A*1', '--trusted'], /--evse-id: "DE\*A\*1" has 6 characters, an EVSEID has 7 to 37/],
  [['secc', '--iface', 'lo', '--tariff', 'EUR,UTC,6=0.4', '--trusted'], /--tariff\.bands\[0\].from: "6" is no time like 22:00/],
  [['secc', '--iface', 'lo'], /nothing to offer.*\n.*give --pki FOLDER/],
  [['secc', '--iface', 'lo', '--pki', folder], /has no certificate of a station/],
  [['evcc', '--iface', 'lo'], /Neither --pki nor --plain/],
  [['evcc', '--iface', 'lo', '--pki', folder], /has no V2G root/],
  [['evcc', '--iface', 'lo', '--plain', '--contract'], /There is no contract to pay by/],
]
for (const [argv, words] of refused)
  test(`v2g ${argv.join(' ').replace(folder, 'FOLDER')} is refused with what to do`, async () => {
    const { code, printed } = await run(...argv)
    assert.ok(code === 1 || code === 2)
    assert.match(printed, words)
  })

test('the help of both ends names their options', async () => {
  for (const verb of ['secc', 'evcc']) assert.match((await run(verb, '--help')).printed, /--iface <name>[\s\S]*--key-log <file>/)
})
