import { fail, ok, type Result } from '@voltway/units'
import { uint16 } from './uint16.ts'

export const ADDRESS_LENGTH = 16
const GROUPS = 8

/** The longest run of two or more zero groups, which the text leaves out (RFC 5952 section 4.2); `length` is 0 where there is none. */
const longestZeros = (groups: readonly number[]): { readonly at: number; readonly length: number } => {
  let best = { at: 0, length: 0 }
  for (let at = 0; at < GROUPS; at++) {
    let end = at
    while (end < GROUPS && groups[end] === 0) end++
    if (end - at > Math.max(best.length, 1)) best = { at, length: end - at }
  }
  return best
}

/** The text of an IPv6 address of sixteen bytes in the one form of RFC 5952, without a scope. */
export const ipv6Text = (bytes: Uint8Array): string => {
  const groups = Array.from({ length: GROUPS }, (_, group) => uint16(bytes, group * 2))
  const hex = groups.map((group) => group.toString(16))
  const zeros = longestZeros(groups)
  if (zeros.length === 0) return hex.join(':')
  return `${hex.slice(0, zeros.at).join(':')}::${hex.slice(zeros.at + zeros.length).join(':')}`
}

const groupsOf = (part: string): readonly number[] | undefined => {
  if (part === '') return []
  const texts = part.split(':')
  return texts.every((text) => /^[0-9a-f]{1,4}$/i.test(text)) ? texts.map((text) => Number.parseInt(text, 16)) : undefined
}

/** The sixteen bytes of an IPv6 address in hexadecimal groups; a scope behind `%` is ignored. Refuses everything else, mapped IPv4 too. */
export const ipv6Bytes = (text: string): Result<Uint8Array, string> => {
  const [address = ''] = text.split('%')
  const parts = address.split('::')
  const [head, tail] = [groupsOf(parts[0] ?? ''), groupsOf(parts[1] ?? '')]
  const isShort = parts.length === 2
  const named = (head?.length ?? 0) + (tail?.length ?? 0)
  if (head === undefined || tail === undefined || parts.length > 2 || (isShort ? named >= GROUPS : named !== GROUPS))
    return fail(`${text} is no IPv6 address`)
  const bytes = new Uint8Array(ADDRESS_LENGTH)
  const view = new DataView(bytes.buffer)
  for (const [at, group] of head.entries()) view.setUint16(at * 2, group)
  for (const [at, group] of tail.entries()) view.setUint16(ADDRESS_LENGTH - (tail.length - at) * 2, group)
  return ok(bytes)
}
