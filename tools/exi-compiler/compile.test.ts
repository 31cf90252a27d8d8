import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { exiCodec } from '../../packages/wire/src/exi/codec.ts'
import { compileSet, libraryOf } from './compile.ts'
import { emitGrammar } from './emit-grammar.ts'
import { readModel } from './read-model.ts'
import { readSchemaSet } from './schema-set.ts'
import { SETS, SHARED } from './sets.ts'

const folder = mkdtempSync(join(tmpdir(), 'voltway-exi-compiler-'))
after(() => rmSync(folder, { recursive: true }))

/** A lamp and its kinds: extension, substitution, choice, bounded and unbounded lists, attributes, simple content. */
const LAMPS = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:lamps" targetNamespace="urn:lamps" elementFormDefault="qualified">
  <xs:import namespace="urn:parts" schemaLocation="parts.xsd"/>
  <xs:element name="Lamp" type="LampType" abstract="true"/>
  <xs:complexType name="LampType" abstract="true"><xs:sequence><xs:element name="Watts" type="WattsType"/></xs:sequence></xs:complexType>
  <xs:element name="Spot" type="SpotType" substitutionGroup="Lamp"/>
  <xs:complexType name="SpotType"><xs:complexContent><xs:extension base="LampType">
    <xs:sequence><xs:choice minOccurs="0"><xs:element name="Angle" type="xs:short"/><xs:element name="Wide" type="xs:boolean"/></xs:choice></xs:sequence>
    <xs:attribute name="Id" type="xs:ID" use="required"/>
  </xs:extension></xs:complexContent></xs:complexType>
  <xs:element name="Bulb" type="LampType2" substitutionGroup="Lamp"/>
  <xs:complexType name="LampType2"><xs:complexContent><xs:extension base="LampType"/></xs:complexContent></xs:complexType>
  <xs:simpleType name="WattsType"><xs:restriction base="xs:unsignedShort"><xs:maxInclusive value="100"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="PlaceType"><xs:restriction base="xs:string"><xs:minLength value="2"/><xs:maxLength value="5"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="SourceType"><xs:restriction base="xs:anyURI"><xs:maxLength value="9"/></xs:restriction></xs:simpleType>
  <xs:element name="Room"><xs:complexType><xs:sequence>
    <xs:element ref="Lamp" minOccurs="2" maxOccurs="9"/>
    <xs:element name="Label" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
      <xs:attribute name="lang" type="xs:string"/><xs:attribute name="source" type="SourceType"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
    <xs:element name="Place" type="PlaceType" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>`
const PARTS =
  '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:parts"><xs:element name="Part" type="xs:string"/></xs:schema>'
const entry = join(folder, 'lamps.xsd')
writeFileSync(entry, LAMPS)
writeFileSync(join(folder, 'parts.xsd'), PARTS)

const tables = emitGrammar(readModel(readSchemaSet(entry)))
const { document } = exiCodec<Record<string, unknown>, Record<string, unknown>>(tables)
const room = (value: unknown) => ({ root: 'Room', value })

test('elements of all imported schemas are roots, by name', () => {
  const nameOf = (index: number) => tables.elements[index]![0]
  assert.deepEqual(tables.documents.map(nameOf), ['Bulb', 'Lamp', 'Part', 'Room', 'Spot'])
  assert.deepEqual(tables.fragments.map(nameOf), ['Angle', 'Bulb', 'Label', 'Lamp', 'Part', 'Place', 'Room', 'Spot', 'Watts', 'Wide'])
})

test('the head of a substitution group counts, and the forced copies of a list offer no end', () => {
  const { states } = tables.types.find(({ states }) => states[0]!.length === 3 + 3 * 3 && states.length > 3)!
  assert.deepEqual(
    states.slice(0, 3).map((state) => (state.length - 3) / 3),
    [3, 3, 6],
  )
  assert.deepEqual(states[2]!.slice(0, 2), [3, 7])
})

test('objects of compiled schemas are the same after coding, up to the bounds of their lists', () => {
  const Spot = [
    { Id: 's', Watts: 100, Angle: -30_000 },
    { Id: 't', Watts: 0, Wide: true },
    { Id: 'u', Watts: 5 },
  ]
  const many = (count: number) => Array.from({ length: count }, (_, index) => ({ Id: `s${index}`, Watts: 100, Angle: -30_000 }))
  const Label = [{ lang: 'fr', value: 'é' }, { value: '' }]
  for (const value of [{ Spot }, { Spot, Label, Place: 'attic' }, { Spot: many(9) }]) {
    const bytes = document.encode(room(value))
    if (!bytes.ok) assert.fail(JSON.stringify(bytes.failure))
    assert.deepEqual(document.decode(bytes.value), { ok: true, value: room(value) })
  }
  // Members of one group in a list: each is taken once, in either order of their names.
  const lamps = { Bulb: [{ Watts: 1 }, { Watts: 2 }], Spot: Spot.slice(0, 1) }
  for (const value of [lamps, { Spot: lamps.Spot, Bulb: lamps.Bulb }]) {
    const bytes = document.encode(room(value))
    assert.deepEqual(bytes.ok && document.decode(bytes.value), { ok: true, value: room(lamps) })
  }
  for (const [value, code] of [
    [{ Spot: Spot.slice(0, 1) }, 'missing'],
    [{ Spot: many(10) }, 'unexpected'],
    [{ Spot: [...Spot, ...Spot] }, 'facet'],
    [{ Spot: [{ ...Spot[0], Wide: true }, Spot[1]] }, 'unexpected'],
    [{ Spot: [{ Id: 's', Watts: 101 }, Spot[1]] }, 'range'],
    [{ Spot, Place: 'x' }, 'facet'],
    [{ Spot, Place: 'beyond' }, 'facet'],
  ] as const) {
    const bytes = document.encode(room(value))
    assert.equal(!bytes.ok && bytes.failure.code, code)
  }
})

test('the types say what is asked for, what may be left out and what is a list', () => {
  const types = compileSet(entry)['types.ts']
  assert.match(
    types,
    /export interface SpotType \{\n {2}\/\*\* A name [^\n]*\n {2}readonly Id: string\n {2}readonly Watts: number\n {2}readonly Angle\?: number\n {2}readonly Wide\?: boolean\n\}/,
  )
  assert.match(types, /readonly Spot\?: readonly SpotType\[\]\n {2}readonly Label\?: readonly LabelType\[\]/)
  assert.match(types, /\n {2}\/\*\* 2 to 5 characters\. \*\/\n {2}readonly Place\?: string\n/)
  assert.match(types, /\n {2}\/\*\* A URI\. 0 to 9 characters\. \*\/\n {2}readonly source\?: string\n/)
  assert.doesNotMatch(types, /readonly Lamp[?:]/)
})

test('what the compiler does not know is an error, not a wrong grammar', () => {
  for (const [part, message] of [
    ['<xs:simpleType name="A"><xs:list itemType="xs:string"/></xs:simpleType><xs:element name="B" type="A"/>', /no restriction/],
    ['<xs:element name="B" type="xs:float"/>', /xs:float/],
    ['<xs:complexType name="A"><xs:all/></xs:complexType>', /all/],
    ['<xs:group name="A"/>', /group/],
    [
      '<xs:element name="B"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="a+"/></xs:restriction></xs:simpleType></xs:element>',
      /pattern/,
    ],
  ] as const) {
    const path = join(folder, 'unknown.xsd')
    writeFileSync(path, `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${part}</xs:schema>`)
    assert.throws(() => compileSet(path), message)
  }
})

const data = process.env.VOLTWAY_DATA
const schemas = data === undefined ? undefined : [data, join(data, '..')].map((one) => join(one, 'xsd')).find((one) => existsSync(one))
for (const set of SETS)
  test(`${set.folder} compiles to the bytes that are committed`, {
    skip: schemas ? false : 'VOLTWAY_DATA names no folder with the schemas',
  }, () => {
    const library = set === SHARED ? undefined : libraryOf(join(schemas!, SHARED.entry), SHARED.folder)
    const modules = compileSet(join(schemas!, set.entry), library)
    const generated = join(import.meta.dirname, '..', '..', 'packages', 'wire', 'src', 'iso15118', set.folder, 'generated')
    for (const [name, text] of Object.entries(modules)) assert.equal(text, readFileSync(join(generated, name), 'utf8'), name)
  })
