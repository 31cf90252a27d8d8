/** The source of chance: `length` unpredictable bytes. `randomBytes` of node:crypto is one; a seeded one makes a test repeatable. */
export type RandomBytes = (length: number) => Uint8Array
