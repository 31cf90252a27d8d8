export * from './charging-profiles.ts'
export * from './session-profiles.ts'
export * from './site-plans.ts'
export * from './steering-state.ts'
