/**
 * An e-mobility account identifier in the form that is compared: without hyphens, in capitals. Country (two letters), provider (three characters),
 * instance (nine) and, where it is there, the check digit. The check digit is not computed.
 * @returns undefined when the text is none
 */
export const normalEmaid = (text: string): string | undefined => {
  const plain = text.replaceAll('-', '').toUpperCase()
  return /^[A-Z]{2}[A-Z0-9]{12,13}$/.test(plain) ? plain : undefined
}

/** Whether two texts name the same account; the check digit may be missing in one of them. */
export const sameEmaid = (left: string, right: string): boolean => {
  const [one, other] = [normalEmaid(left), normalEmaid(right)]
  return (
    one !== undefined && other !== undefined && one.slice(0, 14) === other.slice(0, 14) && (one.length !== other.length || one === other)
  )
}
