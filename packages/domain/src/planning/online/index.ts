export { type OnlineController, openController, steer, tellController } from './controller.ts'
export * from './online-site.ts'
export { recentDays } from './recent-days.ts'
