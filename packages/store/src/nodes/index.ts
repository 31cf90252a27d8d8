export * from './duties.ts'
export * from './link-places.ts'
export * from './nodes.ts'
export * from './open-node-channel.ts'
