/**
 * Words that were said before there is a session to hear them: of each kind one, in which what was said later counts, so that they stay
 * few however long the wait is.
 */
export const remembered = <Word extends { readonly word: string }>(words: readonly Word[], next: Word): readonly Word[] => {
  const earlier = words.find(({ word }) => word === next.word)
  return [...words.filter((word) => word !== earlier), { ...earlier, ...next }]
}
