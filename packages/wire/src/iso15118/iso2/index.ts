import { exiCodec } from '../../exi/codec.ts'
import { tables } from './generated/grammar.ts'
import type { Documents, Fragments } from './generated/types.ts'
import { writers } from './generated/writers.js'

export type * from './generated/types.ts'

/** ISO 15118-2. */
export const codec = exiCodec<Documents, Fragments>(tables, writers)
