/**
 * `plumbline/sdk/graphql`: the contracts of the core's types, to hang fields on and to refer to, and what a type of one's own is made with.
 * The decorators are re-exported so that a plugin needs no second copy of type-graphql.
 */
import 'reflect-metadata'
import * as validation from 'class-validator'

export { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql'
/** class-validator's decorators: `@check.MaxLength(200)`. */
export { validation as check }

export { Auditable, CommandInput, EditInput, NodeInterface, Stateful } from '../domain/interfaces'
export { codeList, labelledEnum } from '../domain/labels'
export { DateTime, Decimal, Json, LocalDate, Period } from '../domain/scalars'
export { LegalBasis } from '../domain/legal-basis'
export { Unit } from '../domain/unit'
export type { Origin, RequestContext } from '../core/request'
