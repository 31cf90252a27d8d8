import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommandFailure } from './command-failure.ts'
import { REGISTRY } from './registry.ts'
import { runCommand } from './run-command.ts'
import { nameOf, type Verb } from './verb.ts'

const lift: Verb = {
  noun: 'cable',
  verb: 'lift',
  summary: 'lift a cable',
  positionals: [
    { name: 'cable', summary: 'which one' },
    { name: 'height', summary: 'how high', optional: true },
  ],
  options: { slowly: { type: 'boolean', summary: 'with care' }, by: { type: 'string', value: 'cm', summary: 'how far' } },
  run: async ({ values, positionals, out }) => {
    if (positionals[0] === 'broken') throw new CommandFailure('The cable is broken.', 'take another.')
    out(JSON.stringify([values, positionals]))
    return 0
  },
}
const drop: Verb = { noun: 'cable', verb: 'drop', summary: 'drop a cable', options: {}, run: async () => 0 }
const look: Verb = { noun: undefined, verb: 'look', summary: 'look around', options: {}, run: async () => 7 }

const run = async (...argv: readonly string[]): Promise<{ code: number; out: string; notes: string }> => {
  const out: string[] = []
  const notes: string[] = []
  const surroundings = {
    env: {},
    root: '/house',
    out: (text: string) => void out.push(text),
    note: (text: string) => void notes.push(text),
  }
  const code = await runCommand([lift, drop, look], argv, surroundings)
  return { code, out: out.join('\n'), notes: notes.join('\n') }
}

test('a verb gets its options and arguments, in any order', async () => {
  const { code, out } = await run('cable', 'lift', '--by', '3', 'A', '--slowly', 'high', '--json')
  assert.equal(code, 0)
  assert.deepEqual(JSON.parse(out), [{ by: '3', slowly: true, json: true }, ['A', 'high']])
})

test("a verb's exit code is the program's", async () => assert.equal((await run('look')).code, 7))

const wrong: readonly (readonly [sentence: string, argv: readonly string[], says: RegExp])[] = [
  ['an unknown noun says what exists', ['cabel', 'lift'], /no "cabel".*cable, look/],
  ['an unknown verb says what the noun can do', ['cable', 'paint'], /no "cable paint".*lift, drop/],
  ['a noun alone says what it can do', ['cable'], /lift, drop/],
  ['a missing argument is named', ['cable', 'lift'], /needs cable: which one/],
  ['one argument too many is refused', ['cable', 'lift', 'a', 'b', 'c'], /at most 2, not 3/],
  ['an argument where none is taken is refused', ['cable', 'drop', 'a'], /takes no arguments/],
  ['an unknown option is refused', ['look', '--far'], /--far/],
  ['an option without its value is refused', ['cable', 'lift', 'a', '--by'], /--by/],
  ['a name that all objects have is not a verb', ['constructor'], /no "constructor"/],
]
for (const [sentence, argv, says] of wrong) {
  test(`${sentence}, with exit code 2`, async () => {
    const { code, out, notes } = await run(...argv)
    assert.equal(code, 2)
    assert.equal(out, '')
    assert.match(notes, says)
  })
}

test('a failure is printed with what to do, without a stack', async () => {
  assert.deepEqual(await run('cable', 'lift', 'broken'), { code: 1, out: '', notes: 'The cable is broken.\n  What to do: take another.' })
})

test('help is made from the verbs: all of them, or one', async () => {
  const all = await run()
  assert.equal(all.code, 0)
  assert.match(all.out, /cable lift <cable> \[height\] +lift a cable/)
  assert.match(all.out, /Exit codes:/)
  for (const argv of [
    ['help', 'cable', 'lift'],
    ['cable', 'lift', '--help'],
  ]) {
    const { code, out } = await run(...argv)
    assert.equal(code, 0)
    assert.match(out, /--by <cm> +how far/)
    assert.match(out, /--json/)
  }
})

test('no two verbs of the program have the same name, and each says what it does', () => {
  const names = REGISTRY.map(nameOf)
  assert.equal(new Set(names).size, names.length)
  assert.ok(REGISTRY.every(({ summary }) => summary.length > 10))
})
