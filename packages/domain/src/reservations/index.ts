export * from './reservation.ts'
