import type { Role } from '../../core/actor'
import { defineChain, type Chain } from '../approval'

export const LIST_APPROVAL = 'LIST_APPROVAL'
/** The step at which each side confirms a joint publication. */
export const CONFIRMATION = { UNIT: 'UNIT_CONFIRMATION', COMMISSION: 'COMMISSION_CONFIRMATION' } as const

/** One step: whoever heads the body that owns the list, never one of those who drew it up or submitted it. */
const listChain = (name: string, role: Role): Chain => defineChain({
  name, rule: 'SM-1', order: 'IN_ORDER',
  steps: [{
    step: LIST_APPROVAL, label: { zh: '清单审批', en: 'Approval of a responsibility list' }, roles: [role], at: ['OWNER_UNIT'], apartFrom: ['AUTHORS'],
    commands: { APPROVED: 'approveResponsibilityList', RETURNED: 'returnResponsibilityList' },
  }],
})

/** The chain that a list of this kind goes through. */
export const listChains: Readonly<Record<'MAIN_RESPONSIBILITY' | 'POWER_RISK_CONTROL' | 'SUPERVISION_RESPONSIBILITY', Chain>> = {
  MAIN_RESPONSIBILITY: listChain('ResponsibilityList (main responsibility)', 'UNIT_APPROVER'),
  POWER_RISK_CONTROL: listChain('ResponsibilityList (power and risk control)', 'UNIT_APPROVER'),
  SUPERVISION_RESPONSIBILITY: listChain('ResponsibilityList (supervision)', 'COMMISSION_APPROVER'),
}

/** INV-07: two sides, two people, one content. The commission's side is the body that owns the supervision list, so its role is asked there too. */
export const publicationChain = defineChain({
  name: 'AccountabilityCycle (joint publication)', rule: 'SM-2', order: 'ANY_ORDER',
  steps: [
    {
      step: CONFIRMATION.UNIT, label: { zh: '单位确认同亮', en: 'The unit confirms the joint publication' }, roles: ['UNIT_APPROVER'], at: ['SUBJECT_UNIT'],
      apartFrom: [CONFIRMATION.COMMISSION], commands: { APPROVED: 'confirmJointPublication' },
    },
    {
      step: CONFIRMATION.COMMISSION, label: { zh: '纪委（组）确认同亮', en: 'The commission or group confirms the joint publication' }, roles: ['COMMISSION_APPROVER'],
      at: ['SUBJECT_UNIT', 'OWNER_UNIT'], apartFrom: [CONFIRMATION.UNIT], commands: { APPROVED: 'confirmJointPublication' },
    },
  ],
})

/** Roles that decide any step of a chain: what a state table asks before it. */
export const deciders = ({ steps }: Chain): readonly Role[] => [...new Set(steps.flatMap(s => s.roles))]
