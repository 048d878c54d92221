import { today } from '../../core/day'
import { AppError, badInput } from '../../core/errors'
import type { Origin } from '../../core/request'
import { authorsOf, begin, transit } from '../../core/states'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import { locate, locateUnit } from '../../database/locate'
import { enter, next } from '../../database/moves'
import { checkVersion, type Transaction, type Values } from '../../database/transaction'
import { decide, requireSeen, voidApprovals, type ChainSubject, type Rows, type Submission } from '../approval'
import { gate } from '../gate'
import { remembered } from '../remembered'
import { ISSUERS } from './supervising-bodies'
import { ruleEvents } from './supervision-rule.events'
import { RULE_APPROVAL, ruleChain } from './supervision-rule.chains'
import './supervision-rule.constraints'
import { incompleteRule, overlapping } from './supervision-rule.gates'
import type {
  DraftSupervisionRuleInput, EditSupervisionRuleInput, RepealSupervisionRuleInput, SetSupervisionRuleItemsInput, SupervisionRuleCommandInput,
} from './supervision-rule.inputs'
import { writeSection } from './supervision-rule.items'
import { hashOfRule, itemsOf, kindAndNameOf, lockVersions, RULE, rulesById, type RuleItemRow, type RuleRow } from './supervision-rule.repository'
import { OPEN_STATES, supervisionRuleMachine, type RuleCommand, type RuleState } from './supervision-rule.states'

/** Commands on work rules of supervision. Each answers the row id of the rule. */
export class SupervisionRuleService {
  constructor(private readonly db: Database) {}

  draft(origin: Origin, input: DraftSupervisionRuleInput): Promise<string> {
    return runCommand(this.db, origin, 'draftSupervisionRule', input, async tx => {
      const unit = await locateUnit(tx, input.issuingUnitId, 'issuingUnitId')
      begin(supervisionRuleMachine, 'draftSupervisionRule', { actor: origin.actor, path: unit.path })
      const issuer = await kindAndNameOf(tx, unit.id)
      if (!ISSUERS.includes(issuer.kind)) throw badInput('issuingUnitId', 'issuer', `Work rules are issued by one of: ${ISSUERS.join(', ')}.`)
      const versions = await lockVersions(tx, unit.id, input.kind)
      requireNoneOpen(versions)
      if (versions.some(v => v.state === 'PUBLISHED')) throw refuse('kind', 'revise', 'The rule is published; a new version is drawn up with reviseSupervisionRule.')
      return beginVersion(tx, {
        unit_id: unit.id, kind: input.kind, version: (versions.at(-1)?.version ?? 0) + 1, title_zh: input.title, title_en: input.titleEn ?? null,
        document_no: input.documentNo ?? null, issuer_name_zh: issuer.name_zh, effective_from: input.effectiveFrom, is_synthetic: input.isSynthetic,
      })
    })
  }

  edit(origin: Origin, input: EditSupervisionRuleInput): Promise<string> {
    return this.content(origin, 'editSupervisionRule', input, async (tx, rule) => {
      tx.update(RULE.table, rule, {
        ...(input.title != null && { title_zh: input.title }), ...(input.titleEn !== undefined && { title_en: input.titleEn }),
        ...(input.documentNo !== undefined && { document_no: input.documentNo }), ...(input.effectiveFrom != null && { effective_from: input.effectiveFrom }),
      })
    })
  }

  setItems(origin: Origin, input: SetSupervisionRuleItemsInput): Promise<string> {
    return this.content(origin, 'setSupervisionRuleItems', input, async (tx, rule, version) => {
      await writeSection(tx, rule, input)
      if (rule.row_version === version) tx.touch(RULE.table, rule)
    })
  }

  submit(origin: Origin, input: SupervisionRuleCommandInput): Promise<string> {
    return this.command(origin, 'submitSupervisionRule', input, async (tx, rule, to) => {
      const items = await requireCurrent(tx, rule, input)
      gate(incompleteRule(items))
      move(tx, rule, { to, happened: 'submitted', opinion: input.opinion, changes: { submitted_by: origin.actor.ref, submitted_at: now(), ...remembered(rule, 'edited_by', origin.actor) } })
    })
  }

  approve(origin: Origin, input: SupervisionRuleCommandInput): Promise<string> {
    return this.command(origin, 'approveSupervisionRule', input, async (tx, rule, to) => {
      const hash = hashOfRule(rule, await itemsOf(tx, [rule.id]))
      await decide(tx, inChain(rule), { step: RULE_APPROVAL, decision: 'APPROVED', contentHash: hash, seen: input.contentHash, opinion: input.opinion })
      move(tx, rule, { to, happened: 'approved', opinion: input.opinion, changes: { approved_by: origin.actor.ref, approved_at: now(), content_hash: hash } })
    })
  }

  return(origin: Origin, input: SupervisionRuleCommandInput): Promise<string> {
    return this.command(origin, 'returnSupervisionRule', input, async (tx, rule, to) => {
      const hash = hashOfRule(rule, await itemsOf(tx, [rule.id]))
      await decide(tx, inChain(rule), { step: RULE_APPROVAL, decision: 'RETURNED', contentHash: hash, seen: input.contentHash, opinion: input.opinion })
      move(tx, rule, { to, happened: 'returned', opinion: input.opinion!.trim() })
    })
  }

  withdraw(origin: Origin, input: SupervisionRuleCommandInput): Promise<string> {
    return this.command(origin, 'withdrawSupervisionRule', input, async (tx, rule, to) => {
      await requireCurrent(tx, rule, input)
      if (rule.state === 'APPROVED') await voidApprovals(tx, subjectOf(rule), input.opinion?.trim() || 'The rule was withdrawn.')
      move(tx, rule, { to, happened: 'withdrawn', opinion: input.opinion })
    })
  }

  reopen(origin: Origin, input: SupervisionRuleCommandInput): Promise<string> {
    return this.command(origin, 'reopenSupervisionRule', input, async (tx, rule) => {
      await requireCurrent(tx, rule, input)
      await reopen(tx, rule, input.opinion?.trim() || 'The rule was reopened.')
    })
  }

  /** Puts the rule in force from its first day on; the version that it replaces ends on the day before. */
  publish(origin: Origin, input: SupervisionRuleCommandInput): Promise<string> {
    return this.command(origin, 'publishSupervisionRule', input, async (tx, rule, to) => {
      const items = await requireCurrent(tx, rule, input)
      const versions = (await lockVersions(tx, rule.unit_id, rule.kind)).filter(v => v.is_published)
      const before = versions.find(v => v.state === 'PUBLISHED') ?? null
      gate([...incompleteRule(items), ...overlapping(rule, before, versions.filter(v => v !== before))])
      if (hashOfRule(rule, items) !== rule.content_hash) throw refuse('id', 'content-hash', 'The content is not what was approved.')
      if (before) {
        move(tx, before, { to: 'SUPERSEDED', happened: 'superseded', changes: { effective_to: rule.effective_from } })
        tx.barrier()
      }
      move(tx, rule, { to, happened: 'published', opinion: input.opinion, changes: { published_at: now(), is_published: true } })
    })
  }

  /** Answers the row id of the new version. */
  revise(origin: Origin, input: SupervisionRuleCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'reviseSupervisionRule', input, async tx => {
      const rule = await locate<RuleRow>(tx, RULE, input.id, 'id')
      transit(supervisionRuleMachine, 'reviseSupervisionRule', rule, { actor: origin.actor, path: rule.unit_path })
      const items = await requireCurrent(tx, rule, input)
      const versions = await lockVersions(tx, rule.unit_id, rule.kind)
      requireNoneOpen(versions)
      const { unit_id, kind, title_zh, title_en, document_no, is_synthetic } = rule
      const { name_zh } = await kindAndNameOf(tx, unit_id)
      const day = today()
      const id = beginVersion(tx, {
        unit_id, kind, version: versions.at(-1)!.version + 1, title_zh, title_en, document_no, issuer_name_zh: name_zh,
        // A first proposal; the drafters set the day.
        effective_from: day > rule.effective_from ? day : rule.effective_from, is_synthetic, supersedes_id: rule.id,
      })
      tx.insertMany('supervision_rule_item', items.map(({ section, seq, code, text_zh, text_en, fault_kind, unit_kinds, relation_kinds, matter_code, power_category, sector_code, is_synthetic }) =>
        ({ unit_id, rule_id: id, section, seq, code, text_zh, text_en, fault_kind, unit_kinds, relation_kinds, matter_code, power_category, sector_code, is_synthetic })))
      return id
    })
  }

  repeal(origin: Origin, input: RepealSupervisionRuleInput): Promise<string> {
    return this.command(origin, 'repealSupervisionRule', input, async (tx, rule, to) => {
      const day = today()
      // What was in force stays so: a rule that is not yet in force ends before it begins.
      const earliest = rule.effective_from > day ? rule.effective_from : day
      const endsOn = input.endsOn ?? earliest
      if (endsOn < earliest) throw badInput('endsOn', 'not-past', `The rule ends on ${earliest} at the earliest.`)
      const reason = input.opinion.trim()
      move(tx, rule, { to, happened: 'repealed', opinion: reason, changes: { effective_to: endsOn, repealed_reason: reason } })
    })
  }

  private command(origin: Origin, command: RuleCommand, input: SupervisionRuleCommandInput | RepealSupervisionRuleInput, work: (tx: Transaction, rule: RuleRow, to: RuleState) => Promise<void>): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const rule = await locate<RuleRow>(tx, RULE, input.id, 'id')
      await work(tx, rule, await next(tx, supervisionRuleMachine, command, rule, input))
      return rule.id
    })
  }

  /** A change of the content: whoever gives it is one of the authors, and an approval that stood is voided. */
  private content(
    origin: Origin, command: RuleCommand, input: { id: string; rowVersion: number; idempotencyKey?: string | null }, work: (tx: Transaction, rule: RuleRow, version: number) => Promise<void>,
  ): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const rule = await locate<RuleRow>(tx, RULE, input.id, 'id')
      await next(tx, supervisionRuleMachine, command, rule, input)
      const version = rule.row_version
      const author = remembered(rule, 'edited_by', origin.actor)
      if (rule.state === 'APPROVED') await reopen(tx, rule, `The content was changed by ${command}.`, author)
      else tx.update(RULE.table, rule, author)
      await work(tx, rule, version)
      return rule.id
    })
  }
}

const now = (): string => new Date().toISOString()
const subjectOf = (rule: RuleRow) => ({ type: 'SupervisionRule', id: rule.id, unitId: rule.unit_id })

/** A rule as it goes through its chain. */
const inChain = (rule: RuleRow): ChainSubject => ({
  ...subjectOf(rule), chain: ruleChain, paths: { SUBJECT_UNIT: rule.unit_path, OWNER_UNIT: rule.unit_path },
  authors: authorsOf(supervisionRuleMachine, 'approveSupervisionRule', rule), open: rule.state === 'UNDER_REVIEW',
})

export async function ruleSubmissions(q: Rows, ids: readonly string[]): Promise<Submission[]> {
  const [rules, items] = [await rulesById(q, ids), await itemsOf(q, ids)]
  return rules.map(rule => ({ subject: inChain(rule), hash: hashOfRule(rule, items.filter(i => i.rule_id === rule.id)) }))
}

/** Begins a version; whoever does is its first author. */
function beginVersion(tx: Transaction, values: Values & { readonly unit_id: string; readonly kind: string; readonly version: number }): string {
  const id = tx.insert(RULE.table, { ...values, state: supervisionRuleMachine.initial, edited_by: [tx.origin.actor.ref] })
  tx.emit(ruleEvents.drafted, { subjectId: id, unitId: values.unit_id, payload: { kind: values.kind, version: values.version } })
  return id
}

/** Writes the new state with its transition record and event. */
function move(tx: Transaction, rule: RuleRow, m: { to: RuleState; happened: keyof typeof ruleEvents; changes?: Values; opinion?: string | null }): void {
  enter(tx, { table: RULE.table, type: 'SupervisionRule' }, rule, m.to, m)
  tx.emit(ruleEvents[m.happened], { subjectId: rule.id, unitId: rule.unit_id, payload: { kind: rule.kind, version: rule.version } })
}

/** Back to DRAFT from APPROVED: the approval is voided. */
async function reopen(tx: Transaction, rule: RuleRow, why: string, changes: Values = {}): Promise<void> {
  await voidApprovals(tx, subjectOf(rule), why)
  move(tx, rule, { to: 'DRAFT', happened: 'reopened', opinion: why, changes: { ...changes, approved_by: null, approved_at: null, content_hash: null } })
}

/** The rule is still the one that the client looked at, as far as it told which that was. Answers its items. */
async function requireCurrent(tx: Transaction, rule: RuleRow, { rowVersion, contentHash }: SupervisionRuleCommandInput): Promise<RuleItemRow[]> {
  checkVersion(rule, rowVersion)
  const items = await itemsOf(tx, [rule.id])
  requireSeen(contentHash, hashOfRule(rule, items))
  return items
}

function requireNoneOpen(versions: readonly RuleRow[]): void {
  if (!versions.some(v => OPEN_STATES.includes(v.state))) return
  const message = 'A version of this rule is already in the making.'
  throw new AppError('CONFLICT', message, { violations: [{ path: 'kind', rule: 'one-open-version', message }] })
}

const refuse = (path: string, rule: string, message: string): AppError => new AppError('PRECONDITION_FAILED', message, { violations: [{ path, rule, message }] })
