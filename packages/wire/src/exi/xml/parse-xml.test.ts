import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseXml } from './parse-xml.ts'

test('names are resolved, entities replaced, comments and instructions passed over', () => {
  const element =
    parseXml(`\ufeff<?xml version="1.0"?><!-- a --><a xmlns="urn:a" xmlns:b='urn:b' b:c="&lt;&#65;&#x1F600;" d="x\ny"><b:e/><!-- < -->t&amp;<![CDATA[<u>]]>
</a> `)
  assert.deepEqual([element.name, element.uri], ['a', 'urn:a'])
  assert.deepEqual(element.attributes, [
    { name: 'c', uri: 'urn:b', value: '<A😀' },
    { name: 'd', uri: '', value: 'x y' },
  ])
  const [child, ...text] = element.children
  assert.deepEqual(typeof child === 'object' && [child.name, child.uri], ['e', 'urn:b'])
  assert.deepEqual(text, ['t&<u>\n'])
})

const broken: [sentence: string, text: string, code: string][] = [
  ['nothing', '', 'xml'],
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'xml'],
  ['an unknown entity', '<a>&b;</a>', 'xml'],
  ['a lone ampersand', '<a>a & b</a>', 'xml'],
  ['a character that is none', '<a>&#xD800;</a>', 'xml'],
  ['an end without a beginning', '</a>', 'xml'],
  ['a beginning without an end', '<a><b></a>', 'xml'],
  ['two roots', '<a/><b/>', 'xml'],
  ['an undeclared prefix', '<b:a/>', 'xml'],
  ['an attribute twice', '<a b="1" b="2"/>', 'xml'],
  ['attributes without a space', '<a b="1"c="2"/>', 'xml'],
  ['a prefix of the language itself', '<toString:a/>', 'xml'],
  ['an unclosed comment', '<a><!-- </a>', 'xml'],
  ['too many attributes', `<a ${Array.from({ length: 65 }, (_, at) => `a${at}="1"`).join(' ')}/>`, 'xml'],
  ['a deep nest', '<a>'.repeat(100_000), 'depth'],
]
for (const [sentence, text, code] of broken)
  test(`${sentence} is refused`, () => {
    assert.throws(() => parseXml(text), { code })
  })
