/** A source text taken apart, each part as long as the whole and with the same lines: what is not of the part is blank. */
export interface SourceText {
  /** Without comments and without what stands inside quotes. */
  readonly code: string
  /** Only what stands inside quotes and templates. */
  readonly strings: string
}

type Kind = 'code' | 'string' | 'none'

const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`|\$\{|[{}]|\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g
const BEFORE_REGEX = /(?:^|[=(,:;!&|?{}[\n]|=>|\breturn|\btypeof|\bcase)\s*$/

const blank = (text: string): string => text.replaceAll(/[^\n]/g, ' ')

/** Where a template's text ends: at its closing backtick, or where an expression begins. */
const templateEnd = (text: string, from: number): number => {
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1
    else if (text[index] === '`' || text.startsWith('${', index)) return index
  }
  return text.length
}

/**
 * Splits TypeScript or JavaScript into code and strings. A scanner, not a parser: enough to know a comment from a
 * string from code, so that a rule on words does not trip over prose.
 */
export const sourceText = (text: string): SourceText => {
  let code = ''
  let strings = ''
  const emit = (part: string, kind: Kind): void => {
    code += kind === 'code' ? part : blank(part)
    strings += kind === 'string' ? part : blank(part)
  }
  // One entry for each template we are inside of: the number of braces open in its current expression.
  const templates: number[] = []
  let at = 0
  const readTemplate = (): void => {
    const end = templateEnd(text, at)
    emit(text.slice(at, end), 'string')
    const closes = text[end] === '`'
    emit(text.slice(end, end + (closes ? 1 : 2)), 'code')
    at = end + (closes ? 1 : 2)
    if (!closes) templates.push(0)
  }
  while (at < text.length) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (match === null) break
    const [token] = match
    const start = match.index
    emit(text.slice(at, start), 'code')
    const isRegex = token.startsWith('/') && !token.startsWith('//') && !token.startsWith('/*')
    if (isRegex && !BEFORE_REGEX.test(text.slice(Math.max(0, start - 20), start))) {
      emit('/', 'code')
      at = start + 1
      continue
    }
    at = start + token.length
    if (token === '`') {
      emit(token, 'code')
      readTemplate()
    } else if (token === '{' || token === '}' || token === '${') {
      emit(token, 'code')
      const depth = templates.at(-1)
      if (depth === undefined) continue
      if (token !== '}') templates[templates.length - 1] = depth + 1
      else if (depth > 0) templates[templates.length - 1] = depth - 1
      else {
        templates.pop()
        readTemplate()
      }
    } else emit(token, isRegex || token.startsWith('/') ? 'none' : 'string')
  }
  emit(text.slice(at), 'code')
  return { code, strings }
}
