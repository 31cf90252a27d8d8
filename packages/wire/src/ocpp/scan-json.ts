const [QUOTE, COLON, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x22, 0x3a, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d]
const SPACE = 0x20

/** Whether brackets outside strings nest deeper than `limit`; the text need not be JSON. */
export function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) index = endOfString(text, index + 1)
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      if (++depth > limit) return true
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) depth--
  }
  return false
}

/** How many keys JSON text has, duplicates included; too many where a string holds what looks like one, never too few. */
export function keysIn(text: string): number {
  let count = 0
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    let before = colon - 1
    while (text.charCodeAt(before) <= SPACE) before--
    if (text.charCodeAt(before) === QUOTE) count++
  }
  return count
}

/** Whether an object in JSON text names a key twice, escapes undone. */
export function hasDuplicateKey(text: string): boolean {
  const open: (Set<string> | undefined)[] = []
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) {
      const start = index
      index = endOfString(text, index + 1)
      const keys = open.at(-1)
      if (keys === undefined || !colonFollows(text, index)) continue
      const key = String(JSON.parse(text.slice(start, index + 1)))
      if (keys.has(key)) return true
      keys.add(key)
    } else if (code === OPEN_OBJECT) open.push(new Set())
    else if (code === OPEN_ARRAY) open.push(undefined)
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) open.pop()
  }
  return false
}

/** The index of the closing quote, or the text's length. */
function endOfString(text: string, start: number): number {
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) return index
    if (code === BACKSLASH) index++
  }
  return text.length
}

function colonFollows(text: string, quote: number): boolean {
  let index = quote + 1
  while (text.charCodeAt(index) <= SPACE) index++
  return text.charCodeAt(index) === COLON
}
