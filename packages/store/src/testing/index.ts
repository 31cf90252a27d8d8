export { type SeededTenant, seedTenant, testId } from './seed-rows.ts'
export { testClock } from './test-clock.ts'
export { openTestDatabase, withTestDatabase } from './test-database.ts'
export { untilReadable } from './until-readable.ts'
