/** The read path: the readable schema and the two readers, made from the nouns' read declarations. */
export { buildReadableSchema, type ReadableSchema, type ReadableSource } from './schema'
export { declareCommand, type Command } from './fields'
export { readerFactory, type ReaderFactory } from './reader'
export { createExecutor, type ExecutorOptions, type ReadExecutor, type ReadStats } from './executor'
export { RawJson, stringifyResult } from './raw-json'
export { checkDatabase } from '../../database/sql'
