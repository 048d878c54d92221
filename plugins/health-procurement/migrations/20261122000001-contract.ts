import { ddl, migration } from 'plumbline/sdk/data'

/** The register of procurement contracts. */
export const contractMigration = migration({
  name: '20261122000001-contract',
  up: [
    `CREATE TABLE contract (
      id uuid NOT NULL CONSTRAINT contract_pkey PRIMARY KEY,
      unit_id uuid NOT NULL CONSTRAINT contract_unit_fk REFERENCES unit (id),
      contract_no text COLLATE "C" NOT NULL, title_zh text NOT NULL,
      category text NOT NULL CONSTRAINT contract_category_check CHECK (category IN ('DRUG', 'CONSUMABLE', 'EQUIPMENT', 'SERVICE', 'OTHER')),
      regime text NOT NULL CONSTRAINT contract_regime_check CHECK (regime IN ('GPL', 'BIDDING', 'CENTRALISED_DRUG_PURCHASE', 'OTHER')),
      method text NOT NULL CONSTRAINT contract_method_check CHECK (method IN ('OPEN_TENDER', 'INVITED_TENDER', 'COMPETITIVE_NEGOTIATION', 'COMPETITIVE_CONSULTATION', 'INQUIRY', 'SINGLE_SOURCE', 'PLATFORM', 'OTHER')),
      above_tender_threshold boolean, method_approval_no text,
      announced_on date, bid_deadline date,
      bidders_count integer CONSTRAINT contract_bidders_count_check CHECK (bidders_count >= 0),
      qualified_brands integer CONSTRAINT contract_qualified_brands_check CHECK (qualified_brands >= 0),
      award_notice_on date, signed_on date NOT NULL, filed_on date, published_on date,
      amount numeric NOT NULL CONSTRAINT contract_amount_check CHECK (amount >= 0 AND scale(amount) <= 2),
      currency text NOT NULL CONSTRAINT contract_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
      supplement_amount numeric NOT NULL DEFAULT 0 CONSTRAINT contract_supplement_amount_check CHECK (supplement_amount >= 0 AND scale(supplement_amount) <= 2),
      bond_amount numeric NOT NULL DEFAULT 0 CONSTRAINT contract_bond_amount_check CHECK (bond_amount >= 0 AND scale(bond_amount) <= 2),
      supplier_name text NOT NULL, supplier_uscc text COLLATE "C",
      accepted_on date, acceptance_signed boolean, is_large_or_complex boolean NOT NULL DEFAULT false, quality_institute boolean,
      completed_on date, archived_until date, note text, is_synthetic boolean NOT NULL DEFAULT false,
      flagged_checks text[] NOT NULL DEFAULT '{}', flag_count integer NOT NULL DEFAULT 0, rules_version integer NOT NULL, ${ddl.auditable},
      CONSTRAINT contract_unit_no_key UNIQUE (unit_id, contract_no),
      CONSTRAINT contract_flag_count_check CHECK (flag_count = cardinality(flagged_checks)),
      CONSTRAINT contract_dates_check CHECK (bid_deadline >= announced_on AND filed_on >= signed_on AND published_on >= signed_on AND completed_on >= signed_on))`,
    'CREATE INDEX contract_signed_on_idx ON contract (unit_id, signed_on)',
    'CREATE INDEX contract_supplier_uscc_idx ON contract (supplier_uscc) WHERE supplier_uscc IS NOT NULL',
    'CREATE INDEX contract_flag_count_idx ON contract (flag_count, id)',
    ...ddl.register('contract'),
  ],
  down: ddl.dropRegister('contract'),
})
