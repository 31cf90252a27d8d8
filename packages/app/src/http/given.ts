type Given<Fields> = {
  [Key in keyof Fields as null extends Fields[Key] ? never : undefined extends Fields[Key] ? never : Key]: Fields[Key]
} & {
  [Key in keyof Fields as null extends Fields[Key] ? Key : undefined extends Fields[Key] ? Key : never]?: Exclude<
    Fields[Key],
    null | undefined
  >
}

/** Leaves out what is null or undefined: JSON answers say nothing of what is not known. */
export const given = <Fields extends object>(fields: Fields): Given<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as Given<Fields>
