import { eventKind } from 'plumbline/sdk/data'

/** What happens to the register. */
export const violationEvents = {
  imported: eventKind({ type: 'MedicalInsuranceViolationRecord.imported', subject: 'Unit', payload: { added: 'int', changed: 'int', unchanged: 'int' }, description: 'Violation records were imported into a unit’s register（医保违规记录已导入）.' }),
}
