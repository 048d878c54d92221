import type { Transaction } from '../database/transaction'

/** The signal after which what instances remember of rights is old; its payload is the actor's ref, or nothing: anybody's. */
export const RIGHTS_SIGNAL = 'rights'

/** Said by every command that changes what somebody (or, null, nobody knows who) may do: it holds on every instance at once. */
export const rightsChanged = (tx: Transaction, ref: string | null): void => tx.notify(RIGHTS_SIGNAL, ref ?? '')
