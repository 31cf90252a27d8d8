export * from './site-power.ts'
export * from './sites.ts'
export * from './status-rows.ts'
