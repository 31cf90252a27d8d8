import { seeded } from '@voltway/units'
import { randomDocument } from '../../exi/testing/random-document.ts'
import { untypedCodecOf } from '../index.ts'
import { GRAMMARS } from './grammars.ts'

const PIECES = [
  '<',
  '>',
  '/>',
  '</',
  '"',
  "'",
  '&',
  '&lt;',
  '&#0;',
  '&#xD800;',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?',
  '?>',
  ' xmlns:n1=""',
  'n1:',
  ':',
  '=',
  '-1',
  '\0',
  '😀',
  '<!DOCTYPE a>',
]

/** Sends spoiled XML texts through reading and, where they are read, encoding; throws what escapes with the text. */
export const fuzzXml = (count: number, seed: number): { readonly read: number; readonly refused: number } => {
  const random = seeded(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  let read = 0
  for (let round = 0; round < count; round++) {
    const [schema, grammar] = GRAMMARS[below(GRAMMARS.length)]!
    const codec = untypedCodecOf(schema).document
    const written = codec.toXml(randomDocument(random, grammar.documents))
    let text = written.ok ? written.value : ''
    for (let changes = below(4); changes > 0; changes--) {
      const at = below(text.length + 1)
      text = text.slice(0, at) + PIECES[below(PIECES.length)]! + text.slice(at + below(10))
    }
    try {
      const document = codec.fromXml(text)
      if (!document.ok) continue
      read++
      const bytes = codec.encode(document.value)
      if (!bytes.ok && bytes.failure.code !== 'character' && !(bytes.failure.code === 'facet' && document.value.deviations !== undefined))
        throw new Error(JSON.stringify(bytes.failure))
    } catch (error) {
      throw new Error(`seed ${seed}, round ${round}, ${schema}: ${text}`, { cause: error })
    }
  }
  return { read, refused: count - read }
}
