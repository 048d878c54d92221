import { ddl, migration } from 'plumbline/sdk/data'

const money = (column: string): string =>
  `${column} numeric NOT NULL DEFAULT 0 CONSTRAINT violation_record_${column}_check CHECK (${column} >= 0 AND scale(${column}) <= 2)`

/** The register of violation records. Amounts are exact; a record without a violation says that an institution was inspected. */
export const violationRecordMigration = migration({
  name: '20261122000001-violation-record',
  up: [
    `CREATE TABLE violation_record (
      id uuid NOT NULL CONSTRAINT violation_record_pkey PRIMARY KEY,
      unit_id uuid NOT NULL CONSTRAINT violation_record_unit_fk REFERENCES unit (id),
      record_no text COLLATE "C" NOT NULL,
      provider_code text COLLATE "C" NOT NULL, provider_name text NOT NULL,
      provider_unit_id uuid CONSTRAINT violation_record_provider_unit_fk REFERENCES unit (id),
      type_code text COLLATE "C",
      channel text NOT NULL CONSTRAINT violation_record_channel_check CHECK (channel IN ('FLIGHT_INSPECTION', 'SPECIAL_INSPECTION', 'ROUTINE_AUDIT', 'SMART_MONITORING', 'COMPLAINT', 'AUDIT_TRANSFER', 'DISCIPLINE_TRANSFER', 'DEPARTMENT_TRANSFER', 'SELF_CHECK', 'PUBLIC_OPINION')),
      stage text NOT NULL CONSTRAINT violation_record_stage_check CHECK (stage IN ('FIRST_REVIEW', 'RE_REVIEW', 'APPEAL', 'VERIFICATION', 'DISPOSITION', 'CLOSED')),
      outcome text NOT NULL CONSTRAINT violation_record_outcome_check CHECK (outcome IN ('PENDING', 'NO_VIOLATION', 'AGREEMENT_HANDLING', 'ADMINISTRATIVE_DISPOSAL', 'ADMINISTRATIVE_PENALTY', 'TRANSFERRED_POLICE', 'TRANSFERRED_DISCIPLINE', 'TRANSFERRED_DEPARTMENT')),
      inspected_on date, found_on date, ${money('found_amount')},
      recovered_on date, ${money('recovered_amount')},
      fine_decided_on date, ${money('fine_imposed')},
      fine_collected_on date, ${money('fine_collected')},
      is_revoked boolean NOT NULL DEFAULT false, note text, is_synthetic boolean NOT NULL DEFAULT false, ${ddl.auditable},
      CONSTRAINT violation_record_unit_no_key UNIQUE (unit_id, record_no),
      CONSTRAINT violation_record_type_check CHECK (type_code IS NOT NULL OR outcome = 'NO_VIOLATION'),
      CONSTRAINT violation_record_recovered_check CHECK (recovered_amount <= found_amount AND (recovered_amount = 0 OR recovered_on IS NOT NULL)),
      CONSTRAINT violation_record_fine_check CHECK (fine_collected <= fine_imposed AND (fine_imposed = 0 OR fine_decided_on IS NOT NULL) AND (fine_collected = 0 OR fine_collected_on IS NOT NULL)),
      CONSTRAINT violation_record_found_check CHECK (found_amount = 0 OR found_on IS NOT NULL))`,
    'CREATE INDEX violation_record_found_on_idx ON violation_record (unit_id, found_on)',
    'CREATE INDEX violation_record_provider_idx ON violation_record (provider_code, type_code)',
    'CREATE INDEX violation_record_provider_unit_idx ON violation_record (provider_unit_id) WHERE provider_unit_id IS NOT NULL',
    ...ddl.register('violation_record'),
  ],
  down: ddl.dropRegister('violation_record'),
})
