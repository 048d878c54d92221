import { ROLES, type Role as RoleName } from '../core/actor'
import { ROLE_DESCRIPTIONS } from '../auth/roles'
import { labelledEnum, type Label } from './labels'

const sentence = (role: RoleName): string => {
  const { may, never } = ROLE_DESCRIPTIONS[role]
  return never.length ? `${may.en}; never ${never.map(n => n.en).join(', never ')}` : may.en
}

export const Role = labelledEnum('Role', 'What a person may be granted on a unit（角色）.',
  Object.fromEntries(ROLES.map(role => [role, { zh: ROLE_DESCRIPTIONS[role].zh, en: ROLE_DESCRIPTIONS[role].en, description: sentence(role) }])) as Record<RoleName, Label>)
export type Role = RoleName
