import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { test } from 'node:test'
import { untypedCodecOf } from '../iso15118/index.ts'
import { BitReader } from './bit-reader.ts'
import { BitWriter } from './bit-writer.ts'
import { exiCodec } from './codec.ts'
import type { GrammarTables } from './grammar-tables.ts'
import { StringPartition } from './string-partition.ts'

/** A shelf: attribute Id?, then Title, Page 0..5, and Note or Mark. Small enough to reckon its bits by hand. */
const SHELF: GrammarTables = {
  uris: ['urn:shelf', ''],
  simple: [
    ['string', 0, -1],
    ['bits', -3, 3],
    ['unsigned', 0, 70_000],
    ['enum', 'red', 'green', 'blue'],
    ['hex', 0, 900],
    ['big'],
    ['integer', -40_000, 40_000],
  ],
  attributes: [['Id', 1, 0]],
  elements: [
    ['Shelf', 0, 0],
    ['Title', 0, -1],
    ['Page', 0, -3],
    ['Note', 0, 1],
    ['Mark', 0, -4],
    ['Serial', 0, -6],
    ['Shift', 0, -7],
    ['Digest', 0, -5],
  ],
  types: [
    {
      lists: [2],
      states: [
        [0, 0, 0, 0, 0, 1, 1, 1, 2],
        [0, 0, 0, 1, 1, 2],
        [0, 0, 0, 1, 2, 3, 1, 3, 5, 1, 4, 5],
        [1, 4, 4, 1, 2, 3, 1, 3, 5, 1, 4, 5],
        [0, 0, 0, 1, 3, 5, 1, 4, 5],
        [0, 0, 0, 3, 0, 0],
      ],
    },
    {
      states: [
        [0, 0, 0, 0, 0, 1, 4, 0, 2],
        [0, 0, 0, 4, 0, 2],
        [0, 0, 0, 3, 0, 0],
      ],
    },
  ],
  documents: [0],
  fragments: [7, 4, 3, 2, 5, 0, 6, 1],
}
const { document, fragment } = exiCodec<Record<string, unknown>, Record<string, unknown>>(SHELF)
const shelf = (value: unknown) => ({ root: 'Shelf', value })
const encoded = (value: unknown) => {
  const result = document.encode(shelf(value))
  return result.ok ? result.value.toHex() : result.failure
}

test('bits are those of the specification, reckoned by hand', () => {
  // header 80 | Shelf 0 | no Id: Title 01 | CH 0, length 3 "a", EE 0 | Page 00, CH 0, 5, EE 0 | Mark 10, CH 0, blue 10, EE 0 | EE 0
  const bits = '10000000' + '0' + '01' + '0' + '00000011' + '01100001' + '0' + '00' + '0' + '00000101' + '0' + '10' + '0' + '10' + '0' + '0'
  const bytes = bits
    .padEnd(Math.ceil(bits.length / 8) * 8, '0')
    .match(/.{8}/g)!
    .map((byte) => Number.parseInt(byte, 2))
  const value = { Title: 'a', Page: [5], Mark: 'blue' }
  assert.equal(encoded(value), Uint8Array.from(bytes).toHex())
  assert.deepEqual(document.decode(Uint8Array.from(bytes)), { ok: true, value: shelf(value) })
})

test('a list takes as many as the schema allows, and then other bits', () => {
  for (const count of [0, 1, 4, 5]) {
    const value = {
      Title: 'a',
      ...(count > 0 ? { Page: Array.from({ length: count }, (_, page) => page) } : {}),
      Note: { Id: 'n', value: '' },
    }
    const bytes = document.encode(shelf(value))
    assert.ok(bytes.ok)
    assert.deepEqual(document.decode(bytes.value), { ok: true, value: shelf(value) })
  }
})

const refusals: [sentence: string, value: unknown, code: string, path: string][] = [
  ['a missing element', { Page: [1], Mark: 'red' }, 'missing', '/Shelf'],
  ['nothing at all', {}, 'missing', '/Shelf'],
  ['no object', 'Shelf', 'type', '/Shelf'],
  ['bytes for an object', { Title: 'a', Note: new Uint8Array(0) }, 'type', '/Shelf/Note'],
  ['an element too many in a list', { Title: 'a', Page: [1, 2, 3, 4, 5, 6], Mark: 'red' }, 'unexpected', '/Shelf'],
  ['both of a choice', { Title: 'a', Mark: 'red', Note: { value: 'n' } }, 'unexpected', '/Shelf'],
  ['a name that the schema does not have', { Title: 'a', Mark: 'red', Colour: 'red' }, 'unexpected', '/Shelf'],
  ['one item that is no list', { Title: 'a', Page: 1, Mark: 'red' }, 'type', '/Shelf'],
  ['a number for a text', { Title: 1, Mark: 'red' }, 'type', '/Shelf/Title'],
  ['half of a surrogate pair', { Title: '\ud800', Mark: 'red' }, 'character', '/Shelf/Title'],
  ['a number above its type', { Title: 'a', Page: [70_001], Mark: 'red' }, 'range', '/Shelf/Page'],
  ['a broken number', { Title: 'a', Page: [0.5], Mark: 'red' }, 'range', '/Shelf/Page'],
  ['an enumeration without that value', { Title: 'a', Mark: 'yellow' }, 'range', '/Shelf/Mark'],
]
for (const [sentence, value, code, path] of refusals)
  test(`${sentence} is not encoded`, () => {
    const result = document.encode(shelf(value))
    assert.deepEqual(result.ok ? result : [result.failure.code, result.failure.path], [code, path])
  })

test('a name that is empty is no way to what the schema leaves open', () => {
  const result = untypedCodecOf('iso15118-2').fragment.encode({ root: 'eMAID', value: { '': 1, value: 'DE8AA1A2B3C4D5' } })
  assert.equal(!result.ok && result.failure.code, 'unexpected')
})

test('an unknown root is refused', () => {
  const result = document.encode({ root: 'constructor', value: {} })
  assert.equal(!result.ok && result.failure.code, 'root')
})

const edges: [root: string, values: readonly unknown[]][] = [
  ['Serial', [0n, -1n, 127n, 128n, 2n ** 48n - 1n, 2n ** 48n, 2n ** 49n, 2n ** 53n, -(2n ** 64n), 2n ** 160n - 1n, 2n ** 3583n]],
  ['Shift', [0, -1, 1, 127, 128, -129, 40_000, -40_000]],
  ['Page', [0, 127, 128, 16_383, 16_384, 70_000]],
  ['Title', ['', 'ä', '€', '😀', 'a😀b', 'x'.repeat(1_000), '\u{10ffff}', '\0']],
  ['Digest', [new Uint8Array(0), Uint8Array.of(255), Uint8Array.from({ length: 900 }, (_, at) => at & 255)]],
]
for (const [root, values] of edges)
  test(`edges of ${root} are the same after coding`, () => {
    for (const value of values) {
      const bytes = fragment.encode({ root, value })
      assert.ok(bytes.ok, String(value))
      assert.deepEqual(fragment.decode(bytes.value), { ok: true, value: { root, value } })
    }
  })

test('a number of more than 3584 bits is refused, however long the body is', () => {
  const bytes = fragment.encode({ root: 'Serial', value: 2n ** 3584n })
  const decoded = bytes.ok && fragment.decode(bytes.value)
  assert.equal(decoded && !decoded.ok && decoded.failure.code, 'range')
})

test('a value that claims to be longer than the body is refused before anything is made', () => {
  const writer = new BitWriter()
  writer.bits(0x80, 8)
  writer.bits(7, 4)
  writer.bits(0, 1)
  writer.unsigned(2 ** 40)
  const decoded = fragment.decode(writer.finish())
  assert.deepEqual(decoded.ok || [decoded.failure.code, decoded.failure.path], ['length', '/Title'])
})

test('a body whose repeated values would make a large text is refused', () => {
  const bytes = new BitWriter()
  bytes.bits(0, 8)
  const reader = new BitReader(bytes.finish())
  const partition = new StringPartition()
  partition.add('x'.repeat(60), 1)
  assert.equal(partition.global(reader).length, 60)
  assert.throws(() => partition.local(reader, 1), { code: 'expansion' })
})

test('many references to many values cost no more than their number', () => {
  const partition = new StringPartition()
  const reader = new BitReader(new Uint8Array(600_000))
  for (let value = 0; value < 200_000; value++) {
    partition.add('x', value % 2)
    assert.equal(partition.local(reader, value % 2), 'x')
  }
})

test('bits of every width at every place are read as they were written', () => {
  for (let shift = 0; shift < 8; shift++)
    for (let width = 0; width <= 24; width++) {
      const writer = new BitWriter()
      writer.bits(0, shift)
      writer.bits(2 ** width - 1, width)
      writer.raw(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9))
      const reader = new BitReader(writer.finish())
      assert.equal(reader.bits(shift), 0)
      assert.equal(reader.bits(width), 2 ** width - 1)
      assert.deepEqual(reader.copy(9), Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9))
    }
})

test('binary values of every length at every place are read as they were written, and so is what follows them', () => {
  const writer = new BitWriter()
  for (let shift = 0; shift < 8; shift++)
    for (let length = 0; length <= 140; length++) {
      const value = Uint8Array.from({ length }, (_, index) => (index * 37 + length * 11 + shift) & 0xff)
      writer.reset()
      writer.bits(2 ** shift - 1, shift)
      writer.raw(value)
      writer.bits(5, 3)
      const reader = new BitReader(writer.finish())
      assert.equal(reader.bits(shift), 2 ** shift - 1)
      assert.deepEqual(reader.copy(length), value, `${length} bytes from bit ${shift}`)
      assert.equal(reader.bits(3), 5, `behind ${length} bytes from bit ${shift}`)
    }
})

test('bytes that were read share no memory with the body, whatever kind of array that is', () => {
  const body = Buffer.from([1, 2, 3, 4])
  const reader = new BitReader(body)
  const aligned = reader.copy(2)
  reader.bits(4)
  const shifted = reader.copy(1)
  body.fill(0)
  assert.deepEqual([aligned, shifted], [Uint8Array.of(1, 2), Uint8Array.of(0x30)])
})

test('a text that is not of ASCII is not written as one, and leaves nothing behind', () => {
  for (const text of ['é', 'abcé', `${'x'.repeat(9_000)}é`]) {
    const writer = new BitWriter()
    writer.bits(5, 3)
    assert.equal(writer.ascii(text), false)
    assert.equal(writer.position, 3)
    writer.bits(1, 2)
    assert.deepEqual(writer.finish(), Uint8Array.of(0b1010_1000))
  }
})

test('bodies are not changed by those that are written after them, and go on where a buffer was given away', () => {
  const writer = new BitWriter()
  const write = (value: number, length: number): Uint8Array => {
    writer.reset()
    writer.bits(1, 1)
    for (let index = 0; index < length; index++) writer.bits(value, 8)
    return writer.finish()
  }
  const lengths = [0, 1, 3, 4, 60, 5_000, 8_191, 8_192, 20_000, 7, 8_180, 12, 1]
  const written = lengths.map((length, index) => [write(index, length), length, index] as const)
  for (const [bytes, length, index] of written) {
    const reader = new BitReader(bytes)
    assert.deepEqual([bytes.length, reader.bits(1)], [length + 1, 1])
    for (let at = 0; at < length; at++) if (reader.bits(8) !== index) assert.fail(`${index}: byte ${at} of ${length}`)
  }
  structuredClone(written.at(-1)![0].buffer, { transfer: [written.at(-1)![0].buffer as ArrayBuffer] })
  assert.deepEqual(write(3, 1), Uint8Array.of(0x81, 0x80))
})

test('keys may stand in any order, at every depth, and bytes are those of the order of the schema', () => {
  const [inOrder, any] = [
    { Title: 'a', Page: [1, 2], Note: { Id: 'n', value: 'v' } },
    { Note: { value: 'v', Id: 'n' }, Page: [1, 2], Title: 'a' },
  ].map(encoded)
  assert.equal(typeof inOrder, 'string')
  assert.equal(any, inOrder)
  assert.equal(encoded(Object.assign(Object.create(null), { Title: 'a', Page: [1, 2], Note: { Id: 'n', value: 'v' } })), inOrder)
  // What fails among keys of another order leaves nothing behind for the next object.
  assert.equal((encoded({ Note: { value: 1, Id: 'n' }, Title: 'a' }) as { code: string }).code, 'type')
  assert.equal(encoded({ Title: 'a', Page: [1, 2], Note: { Id: 'n', value: 'v' } }), inOrder)
})
