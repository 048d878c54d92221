/**
 * `plumbline/sdk/data`: registers of one's own. Tables in the plugin's PostgreSQL schema, reads declared as data, commands in one
 * transaction with audit and history, measures that indicators count with, and imports from CSV and XLSX.
 */
import 'reflect-metadata'

export { definePluginCode } from './plugin-code'
export type { ImportResult, PluginCode, PluginImport, PluginRoute } from './plugin-code'
export { eventKind } from '../core/events'
export { coreEvents } from './core-events'
export { eventHandler, type PluginEvent, type PluginEventHandler } from './event-handler'
export type { OwnCatalogItem, PluginData, PluginTransaction, Selection, UnitRef } from './plugin-data'

export { AuditableEntity } from '../database/auditable.entity'
export { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm'
export { ddl, migration, tableOf } from './migration'
export type { PluginMigration } from './migration'

export { auditable, bool, date, decimal, enumeration, instant, int, noun, text } from '../core/reads'
export type { Noun, NounEdge } from '../core/reads'
export { REGISTER_READERS } from '../auth/roles'

export { where } from './condition'
export type { Condition } from './condition'
export { measure } from './measure'
export type { Measure } from './measure'

export { cell, readSheet } from './sheet'
export type { SheetFile, SheetProblem, SheetRow } from './sheet'

export { AppError, badInput } from '../core/errors'
export { usccFault, usccSentence } from '../core/uscc'
export { WorkCalendar, type CalendarYear, type WorkingDay, type WorkingDayCount } from '../core/working-days'
export { holds, type Actor, type Role } from '../core/actor'
export { json, type StoredRow, type Values } from '../database/transaction'
