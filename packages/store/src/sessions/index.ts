export * from './funnel-rows.ts'
export * from './overview-counts.ts'
export * from './sessions.ts'
