import type { OcppMessage } from '../../api-types.ts'

/** The payload inside a CALL as text; a frame that cannot be read stays whole. OCPP-J 1.6 section 4.2. */
export const payloadOf = (frame: string): string => {
  try {
    const parts: unknown = JSON.parse(frame)
    return Array.isArray(parts) && parts.length > 3 ? JSON.stringify(parts[3]) : frame
  } catch {
    return frame
  }
}

/** What was not as the schema says, one sentence each. */
export const violationsOf = ({ violations }: Pick<OcppMessage, 'violations'>): readonly string[] => {
  const list: readonly unknown[] = Array.isArray(violations) ? violations : violations ? [violations] : []
  return list.map((one) => {
    if (typeof one !== 'object' || one === null) return String(one)
    const { path, message, rule } = one as Readonly<Record<string, unknown>>
    const text = [path, message ?? rule].filter((part) => typeof part === 'string' && part !== '').join(' ')
    return text || JSON.stringify(one)
  })
}
