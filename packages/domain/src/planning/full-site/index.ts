export * from './full-site-plan.ts'
export * from './full-site-problem.ts'
