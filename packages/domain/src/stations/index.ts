export * from './evse-status.ts'
export * from './evse-status-now.ts'
export * from './status-timeline.ts'
