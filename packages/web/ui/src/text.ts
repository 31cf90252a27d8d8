/** Texts by key; `{name}` is replaced by the parameter of that name. Plurals: `{count|one car|# cars}`. */
export type Catalogue = Readonly<Record<string, string>>

/** Makes the one function that every user-facing text of an app goes through. A key that is missing is a type error. */
export const createText =
  <const C extends Catalogue>(catalogue: C) =>
  (key: keyof C & string, parameters: Readonly<Record<string, string | number>> = {}): string =>
    (catalogue[key] ?? key).replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name: string, one?: string, many?: string) => {
      const value = parameters[name]
      if (one === undefined || many === undefined) return String(value ?? '')
      return (Number(value) === 1 ? one : many).replace('#', String(value))
    })
