import assert from 'node:assert/strict'
import { test } from 'node:test'
import { courseOf } from './course-of.ts'

const cases: readonly [
  string,
  { readonly outcome: string; readonly paid: boolean },
  { readonly reached: number; readonly cause: string | undefined },
][] = [
  ['a session with a receipt went all the way', { outcome: 'paid', paid: true }, { reached: 5, cause: undefined }],
  ['one that only lacked its receipt has it now', { outcome: 'paid:notBilled', paid: true }, { reached: 5, cause: undefined }],
  [
    'one that ended well and waits for its receipt is lost to that',
    { outcome: 'paid:notBilled', paid: false },
    { reached: 4, cause: 'notBilled' },
  ],
  [
    'a fault before any energy is a loss, though a receipt of nothing was issued',
    { outcome: 'energy:fault', paid: true },
    { reached: 2, cause: 'fault' },
  ],
  ['energy that flows has reached the third step', { outcome: 'energy', paid: false }, { reached: 3, cause: undefined }],
]
for (const [sentence, row, expected] of cases) test(sentence, () => assert.deepEqual(courseOf(row), expected))
