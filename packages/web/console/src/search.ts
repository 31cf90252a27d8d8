type Raw = Readonly<Record<string, unknown>>

/** Reads the parts of an address's query that a screen knows; what is empty is left out, so that addresses stay short. */
export const readSearch =
  <const Texts extends readonly string[], const Flags extends readonly string[]>(texts: Texts, flags: Flags) =>
  (raw: Raw): { readonly [Key in Texts[number]]?: string | undefined } & { readonly [Key in Flags[number]]?: true | undefined } => {
    const read = [
      ...texts.flatMap((key) => (raw[key] === undefined || raw[key] === '' ? [] : [[key, String(raw[key])]])),
      ...flags.flatMap((key) => (raw[key] === true || raw[key] === 'true' ? [[key, true]] : [])),
    ]
    return Object.fromEntries(read) as { readonly [Key in Texts[number]]?: string | undefined } & {
      readonly [Key in Flags[number]]?: true | undefined
    }
  }
