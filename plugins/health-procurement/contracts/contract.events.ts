import { eventKind } from 'plumbline/sdk/data'

/** What happens to the register. */
export const contractEvents = {
  imported: eventKind({ type: 'HealthProcurementContract.imported', subject: 'Unit', payload: { added: 'int', changed: 'int', unchanged: 'int' }, description: 'Contracts were imported into a unit’s register（采购合同已导入）.' }),
}
