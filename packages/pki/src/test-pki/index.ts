export { issueTestLeaf, type TestLeaf } from './issue-test-leaf.ts'
export * from './make-test-pki.ts'
export * from './test-pki.ts'
export * from './test-pki-files.ts'
