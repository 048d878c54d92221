export { Authenticator, type Authentication, type AuthOptions } from './authenticator'
export { actorOf, loadActor, personIdOf, type Subject } from './actor.repository'
export { GrantService, GRANT_PREFIX, type GrantRoleInput, type RevokeRoleInput } from './grant.service'
export { ALGORITHMS, loadKeys, type KeyOptions, type Keys } from './keys'
export { RIGHTS_SIGNAL, rightsChanged } from './rights'
export { ORGANISATION_READERS, REGISTER_READERS, ROLE_DESCRIPTIONS, type RoleDescription } from './roles'
export { RoleGrantEntity } from './role-grant.entity'
export {
  KEY_MAX_DAYS, OVERLAP_MAX_HOURS, ServiceAccountService, SERVICE_ACCOUNT_PREFIX, SERVICE_KEY_PREFIX, type IssuedKey, type IssueServiceAccountInput, type RotateServiceAccountKeyInput,
} from './service-account.service'
export { ServiceAccountEntity, ServiceAccountKeyEntity } from './service-account.entity'
export { signToken, verifyToken, type Claims, type TokenOptions } from './token'
