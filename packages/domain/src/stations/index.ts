export * from './evse-status.ts'
