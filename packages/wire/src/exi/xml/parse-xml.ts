import { ExiFault } from '../failure.ts'

export interface XmlAttribute {
  readonly name: string
  readonly uri: string
  readonly value: string
}

/** An element with its names resolved; comments and processing instructions are gone. */
export interface XmlElement {
  readonly name: string
  readonly uri: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: (XmlElement | string)[]
  /** Prefixes in scope, for names in values; `''` is the default namespace. */
  readonly namespaces: Namespaces
}

type Namespaces = Readonly<Record<string, string>>
interface Place {
  readonly text: string
  at: number
}

const NAME = /[\p{L}_][\p{L}\p{N}._-]*(?::[\p{L}_][\p{L}\p{N}._-]*)?/uy
const SPACE = /[ \t\r\n]*/y
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const DEEPEST = 48
const MOST_ATTRIBUTES = 64
const XML_URI = 'http://www.w3.org/XML/1998/namespace'

const broken = (place: Place, what: string) => new ExiFault('xml', `${what} at character ${place.at}`)

const match = (place: Place, pattern: RegExp): string => {
  pattern.lastIndex = place.at
  const found = pattern.exec(place.text)?.[0] ?? ''
  place.at += found.length
  return found
}

const until = (place: Place, end: string): string => {
  const stop = place.text.indexOf(end, place.at)
  if (stop < 0) throw broken(place, `${end} is missing`)
  const part = place.text.slice(place.at, stop)
  place.at = stop + end.length
  return part
}

const expect = (place: Place, what: string) => {
  if (!place.text.startsWith(what, place.at)) throw broken(place, `${what} is missing`)
  place.at += what.length
}

const decoded = (place: Place, text: string): string =>
  text.includes('&')
    ? text.replaceAll(/&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]{1,8}));|&/g, (_, hex?: string, decimal?: string, name?: string) => {
        const known = name === undefined ? undefined : ENTITIES[name]
        if (known !== undefined) return known
        const point = hex ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN)
        if (!(point <= 0x10ffff) || (point >= 0xd800 && point <= 0xdfff)) throw broken(place, 'an unknown entity')
        return String.fromCodePoint(point)
      })
    : text

const readAttributes = (place: Place): (readonly [name: string, value: string])[] => {
  const attributes: (readonly [string, string])[] = []
  for (;;) {
    const space = match(place, SPACE)
    const name = match(place, NAME)
    if (name === '') return attributes
    if (space === '') throw broken(place, 'a space is missing')
    if (attributes.length === MOST_ATTRIBUTES) throw broken(place, `more than ${MOST_ATTRIBUTES} attributes`)
    if (attributes.some(([other]) => other === name)) throw broken(place, `${name} stands twice`)
    match(place, SPACE)
    expect(place, '=')
    match(place, SPACE)
    const quote = place.text[place.at] ?? ''
    if (quote !== '"' && quote !== "'") throw broken(place, 'a quote is missing')
    place.at++
    const value = until(place, quote)
    if (value.includes('<')) throw broken(place, 'a < in an attribute')
    attributes.push([name, decoded(place, value.replaceAll(/\r\n|[\t\r\n]/g, ' '))])
  }
}

const resolve = (place: Place, name: string, namespaces: Namespaces): { readonly name: string; readonly uri: string } => {
  const [first = '', second] = name.split(':')
  const prefix = second === undefined ? '' : first
  const uri = Object.hasOwn(namespaces, prefix) ? namespaces[prefix] : undefined
  if (uri === undefined) throw broken(place, `prefix ${prefix} is not declared`)
  return { name: second ?? first, uri }
}

const scopeOf = (outer: Namespaces, attributes: readonly (readonly [string, string])[]): Namespaces => {
  const own = attributes.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
  return own.length === 0 ? outer : { ...outer, ...Object.fromEntries(own.map(([name, uri]) => [name.slice(6), uri])) }
}

const addText = (children: (XmlElement | string)[], text: string) => {
  if (text === '') return
  const last = children.at(-1)
  if (typeof last === 'string') children[children.length - 1] = last + text
  else children.push(text)
}

const readElement = (place: Place, outer: Namespaces, depth: number): XmlElement => {
  if (depth > DEEPEST) throw new ExiFault('depth', `elements nested deeper than ${DEEPEST}`)
  expect(place, '<')
  const tag = match(place, NAME)
  if (tag === '') throw broken(place, 'a name is missing')
  const written = readAttributes(place)
  const namespaces = scopeOf(outer, written)
  const attributes = written
    .filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
    .map(([name, value]) => ({ ...(name.includes(':') ? resolve(place, name, namespaces) : { name, uri: '' }), value }))
  const element = { ...resolve(place, tag, namespaces), attributes, children: [] as (XmlElement | string)[], namespaces }
  if (place.text.startsWith('/>', place.at)) {
    place.at += 2
    return element
  }
  expect(place, '>')
  readContent(place, element, depth)
  if (match(place, NAME) !== tag) throw broken(place, `the end of ${tag} is missing`)
  match(place, SPACE)
  expect(place, '>')
  return element
}

/** Children up to and with the `</` of the end. */
const readContent = (place: Place, { children, namespaces }: XmlElement, depth: number) => {
  for (;;) {
    const next = place.text.indexOf('<', place.at)
    if (next < 0) throw broken(place, 'the end of an element is missing')
    addText(children, decoded(place, place.text.slice(place.at, next).replaceAll(/\r\n?/g, '\n')))
    place.at = next
    if (place.text.startsWith('</', next)) {
      place.at += 2
      return
    }
    if (place.text.startsWith('<![CDATA[', next)) {
      place.at += 9
      addText(children, until(place, ']]>'))
    } else if (!skipMisc(place)) children.push(readElement(place, namespaces, depth + 1))
  }
}

/** Goes over a comment or processing instruction, if one stands here. */
const skipMisc = (place: Place): boolean => {
  const comment = place.text.startsWith('<!--', place.at)
  if (!comment && !place.text.startsWith('<?', place.at)) return false
  until(place, comment ? '-->' : '?>')
  return true
}

/**
 * Reads an XML document with namespaces (XML 1.0, without document types and their entities). Linear in the text's length.
 * @throws ExiFault `xml` or `depth`
 */
export const parseXml = (text: string): XmlElement => {
  const place: Place = { text, at: text.startsWith('\ufeff') ? 1 : 0 }
  const skip = () => {
    do match(place, SPACE)
    while (skipMisc(place))
  }
  skip()
  if (place.text.startsWith('<!', place.at)) throw broken(place, 'a document type, which is not read')
  const root = readElement(place, { '': '', xml: XML_URI }, 1)
  skip()
  if (place.at < text.length) throw broken(place, 'text behind the document')
  return root
}
