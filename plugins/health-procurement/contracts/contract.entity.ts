import { AuditableEntity, Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'plumbline/sdk/data'

@Entity({ schema: 'plugin_health_procurement', name: 'contract' })
@Check('contract_amount_check', `((amount >= (0)::numeric) AND (scale(amount) <= 2))`)
@Check('contract_bidders_count_check', '(bidders_count >= 0)')
@Check('contract_bond_amount_check', `((bond_amount >= (0)::numeric) AND (scale(bond_amount) <= 2))`)
@Check('contract_category_check', `(category = ANY (ARRAY['DRUG'::text, 'CONSUMABLE'::text, 'EQUIPMENT'::text, 'SERVICE'::text, 'OTHER'::text]))`)
@Check('contract_currency_check', `(currency ~ '^[A-Z]{3}$'::text)`)
@Check('contract_dates_check', '((bid_deadline >= announced_on) AND (filed_on >= signed_on) AND (published_on >= signed_on) AND (completed_on >= signed_on))')
@Check('contract_flag_count_check', '(flag_count = cardinality(flagged_checks))')
@Check('contract_method_check', `(method = ANY (ARRAY['OPEN_TENDER'::text, 'INVITED_TENDER'::text, 'COMPETITIVE_NEGOTIATION'::text, 'COMPETITIVE_CONSULTATION'::text, 'INQUIRY'::text, 'SINGLE_SOURCE'::text, 'PLATFORM'::text, 'OTHER'::text]))`)
@Check('contract_qualified_brands_check', '(qualified_brands >= 0)')
@Check('contract_regime_check', `(regime = ANY (ARRAY['GPL'::text, 'BIDDING'::text, 'CENTRALISED_DRUG_PURCHASE'::text, 'OTHER'::text]))`)
@Check('contract_supplement_amount_check', `((supplement_amount >= (0)::numeric) AND (scale(supplement_amount) <= 2))`)
@Unique('contract_unit_no_key', ['unit_id', 'contract_no'])
@Index('contract_flag_count_idx', ['flag_count', 'id'])
@Index('contract_signed_on_idx', ['unit_id', 'signed_on'])
@Index('contract_supplier_uscc_idx', ['supplier_uscc'], { where: 'supplier_uscc IS NOT NULL' })
export class ContractEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'contract_pkey' }) id: string
  @ForeignKey('UnitEntity', { name: 'contract_unit_fk' })
  @Column('uuid') unit_id: string
  @Column({ type: 'text', collation: 'C' }) contract_no: string
  @Column('text') title_zh: string
  @Column('text') category: string
  @Column('text') regime: string
  @Column('text') method: string
  @Column('boolean', { nullable: true }) above_tender_threshold: boolean | null
  @Column('text', { nullable: true }) method_approval_no: string | null
  @Column('date', { nullable: true }) announced_on: string | null
  @Column('date', { nullable: true }) bid_deadline: string | null
  @Column('int', { nullable: true }) bidders_count: number | null
  @Column('int', { nullable: true }) qualified_brands: number | null
  @Column('date', { nullable: true }) award_notice_on: string | null
  @Column('date') signed_on: string
  @Column('date', { nullable: true }) filed_on: string | null
  @Column('date', { nullable: true }) published_on: string | null
  @Column('numeric') amount: string
  @Column('text') currency: string
  @Column('numeric', { default: 0 }) supplement_amount: string
  @Column('numeric', { default: 0 }) bond_amount: string
  @Column('text') supplier_name: string
  @Column({ type: 'text', collation: 'C', nullable: true }) supplier_uscc: string | null
  @Column('date', { nullable: true }) accepted_on: string | null
  @Column('boolean', { nullable: true }) acceptance_signed: boolean | null
  @Column('boolean', { default: false }) is_large_or_complex: boolean
  @Column('boolean', { nullable: true }) quality_institute: boolean | null
  @Column('date', { nullable: true }) completed_on: string | null
  @Column('date', { nullable: true }) archived_until: string | null
  @Column('text', { nullable: true }) note: string | null
  @Column('boolean', { default: false }) is_synthetic: boolean
  @Column('text', { array: true, default: () => "'{}'" }) flagged_checks: string[]
  @Column('int', { default: 0 }) flag_count: number
  @Column('int') rules_version: number
}
