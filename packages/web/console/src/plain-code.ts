/** A code of a station as words: `GroundFailure` is "Ground failure", `EVCommunicationError` "EV communication error". */
export const plainCode = (code: string): string => {
  const words = code.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []
  // What is no such code stays as it came.
  if (words.join('') !== code) return code
  return words
    .map((word, index) => (index === 0 || /^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ')
    .replace(/^./, (first) => first.toUpperCase())
}
