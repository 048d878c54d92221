import { eventKind } from '../core/events'

/** What happens to the rights of people. */
export const grantEvents = {
  granted: eventKind({ type: 'RoleGrant.granted', subject: 'RoleGrant', payload: { role: 'text', edge: 'text' }, description: 'A role was granted（角色已授予）.' }),
  revoked: eventKind({ type: 'RoleGrant.revoked', subject: 'RoleGrant', payload: {}, description: 'A grant was taken back（授权已撤销）.' }),
}

/** What happens to service accounts. */
export const serviceAccountEvents = {
  issued: eventKind({ type: 'ServiceAccount.issued', subject: 'ServiceAccount', payload: { role: 'text', realm: 'text' }, description: 'A service account was issued（服务账号已签发）.' }),
  keyRotated: eventKind({ type: 'ServiceAccount.keyRotated', subject: 'ServiceAccount', payload: {}, description: 'A service account has a new key（服务账号密钥已轮换）.' }),
  revoked: eventKind({ type: 'ServiceAccount.revoked', subject: 'ServiceAccount', payload: {}, description: 'A service account was ended（服务账号已停用）.' }),
}
