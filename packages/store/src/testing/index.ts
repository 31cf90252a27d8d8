export { testClock } from './test-clock.ts'
export { openTestDatabase, withTestDatabase } from './test-database.ts'
