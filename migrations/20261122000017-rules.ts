import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Columns of every register that people change. */
const AUDITABLE = `
  created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
  row_version integer NOT NULL DEFAULT 1`

/** What goes on with a published rule: it is replaced or repealed, and so comes to its end. */
const ENDING = `ARRAY['state', 'effective_to', 'in_force', 'repealed_reason', 'updated_at', 'updated_by', 'row_version']`

/** The work rules of supervision with their coded items, and lists of codes that plugins extend. */
export class Rules20261122000017 implements MigrationInterface {
  name = 'Rules20261122000017'

  async up(q: QueryRunner): Promise<void> {
    await this.codes(q)
    await this.rules(q)
    for (const table of TABLES) {
      await q.query(`SELECT keep_history('${table}')`)
      await q.query(`GRANT SELECT, INSERT, UPDATE ON ${table} TO plumbline_app`)
    }
    // Items of a draft may be taken off again.
    await q.query('GRANT DELETE ON supervision_rule_item TO plumbline_app')
  }

  async down(q: QueryRunner): Promise<void> {
    await this.itemKinds(q, ITEM_KINDS)
    for (const table of TABLES) await q.query(`SELECT drop_history('${table}')`)
    for (const table of TABLES) await q.query(`DROP TABLE ${table}`)
    for (const fn of ['supervision_rule_in_force()', 'supervision_rule_lock()', 'supervision_rule_item_lock()']) await q.query(`DROP FUNCTION ${fn}`)
  }

  private async codes(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE listed_code (
        id uuid NOT NULL CONSTRAINT listed_code_pkey PRIMARY KEY,
        list text NOT NULL CONSTRAINT listed_code_list_check CHECK (list IN ('FINDING_CATEGORY', 'VIOLATION_TYPE', 'SUPERVISION_MATTER', 'PROBLEM_CATEGORY')),
        code text COLLATE "C" NOT NULL CONSTRAINT listed_code_code_check CHECK (code ~ '^[a-z0-9.-]+$'),
        label_zh text NOT NULL, label_en text NOT NULL, description_zh text, plugin_code text COLLATE "C", catalog_version text,
        retired_on date, superseded_by_code text COLLATE "C", is_synthetic boolean NOT NULL DEFAULT false, ${AUDITABLE},
        CONSTRAINT listed_code_namespace_check CHECK (CASE WHEN plugin_code IS NULL THEN strpos(code, '.') = 0 ELSE starts_with(code, plugin_code || '.') END),
        CONSTRAINT listed_code_code_key UNIQUE (list, code))`)
    await q.query('CREATE INDEX listed_code_code_idx ON listed_code (code, id)')
    await q.query('CREATE INDEX listed_code_plugin_code_idx ON listed_code (plugin_code) WHERE plugin_code IS NOT NULL')
    for (const [list, codes] of Object.entries(CORE_CODES)) {
      await q.query(`
        INSERT INTO listed_code (id, list, code, label_zh, label_en, is_synthetic, created_by, updated_by)
        SELECT gen_random_uuid(), $1, c.code, c.zh, c.en, true, 'system:migration', 'system:migration' FROM unnest($2::text[], $3::text[], $4::text[]) c(code, zh, en)`,
      [list, ...[0, 1, 2].map(i => codes.map(c => c[i]))])
    }
    // What catalogs that are in use said before there were lists.
    await q.query(`
      INSERT INTO listed_code (id, list, code, label_zh, label_en, description_zh, plugin_code, catalog_version, retired_on, superseded_by_code, is_synthetic, created_by, updated_by)
      SELECT gen_random_uuid(), i.kind, i.code, i.title_zh, coalesce(i.title_en, i.title_zh), i.payload ->> 'descriptionZh', i.plugin_code, i.version,
        CASE WHEN i.retired_in IS NOT NULL THEN (r.published_at AT TIME ZONE 'Asia/Shanghai')::date END, i.superseded_by_code, i.is_synthetic, 'system:migration', 'system:migration'
      FROM catalog_item i JOIN catalog_release r ON r.id = i.release_id WHERE r.state = 'PUBLISHED' AND i.kind = 'VIOLATION_TYPE'`)
    await this.itemKinds(q, [...ITEM_KINDS, ...LIST_KINDS])
  }

  private async itemKinds(q: QueryRunner, kinds: readonly string[]): Promise<void> {
    await q.query('ALTER TABLE catalog_item DROP CONSTRAINT catalog_item_kind_check')
    await q.query(`ALTER TABLE catalog_item ADD CONSTRAINT catalog_item_kind_check CHECK (kind IN (${kinds.map(k => `'${k}'`).join(', ')}))`)
  }

  private async rules(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE supervision_rule (
        id uuid NOT NULL CONSTRAINT supervision_rule_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT supervision_rule_unit_fk REFERENCES unit (id),
        kind text NOT NULL CONSTRAINT supervision_rule_kind_check CHECK (kind IN ('CITY_COMMISSION_ORGAN', 'DISPATCHED_DEPARTMENT_GROUP', 'TOWNSHIP_AREA_OUTPOST_GROUP', 'TOWNSHIP_COMMISSION')),
        version integer NOT NULL CONSTRAINT supervision_rule_version_check CHECK (version >= 1),
        title_zh text NOT NULL, title_en text, document_no text, issuer_name_zh text NOT NULL,
        effective_from date NOT NULL, effective_to date,
        state text NOT NULL CONSTRAINT supervision_rule_state_check CHECK (state IN ('DRAFT', 'UNDER_REVIEW', 'APPROVED', 'PUBLISHED', 'SUPERSEDED', 'REPEALED', 'WITHDRAWN')),
        edited_by text[] NOT NULL DEFAULT '{}', submitted_by text, submitted_at timestamptz, approved_by text, approved_at timestamptz, content_hash text,
        published_at timestamptz, is_published boolean NOT NULL DEFAULT false,
        in_force daterange,
        repealed_reason text, supersedes_id uuid CONSTRAINT supervision_rule_supersedes_fk REFERENCES supervision_rule (id),
        is_synthetic boolean NOT NULL DEFAULT false, ${AUDITABLE},
        CONSTRAINT supervision_rule_period_check CHECK (effective_to IS NULL OR effective_to >= effective_from),
        CONSTRAINT supervision_rule_published_check CHECK (
          is_published = (published_at IS NOT NULL) AND is_published = (state IN ('PUBLISHED', 'SUPERSEDED', 'REPEALED')) AND (is_published OR effective_to IS NULL)),
        CONSTRAINT supervision_rule_repealed_check CHECK ((state = 'REPEALED') = (repealed_reason IS NOT NULL)),
        CONSTRAINT supervision_rule_ended_check CHECK ((state IN ('SUPERSEDED', 'REPEALED')) = (effective_to IS NOT NULL)),
        CONSTRAINT supervision_rule_version_key UNIQUE (unit_id, kind, version),
        CONSTRAINT supervision_rule_id_published_key UNIQUE (id, unit_id, is_published),
        CONSTRAINT supervision_rule_in_force_excl EXCLUDE USING gist (unit_id WITH =, kind WITH =, in_force WITH &&))`)
    await q.query(`CREATE UNIQUE INDEX supervision_rule_open_key ON supervision_rule (unit_id, kind) WHERE state IN ('DRAFT', 'UNDER_REVIEW', 'APPROVED')`)
    await q.query('CREATE INDEX supervision_rule_effective_from_idx ON supervision_rule (effective_from, id)')

    // A published rule stands as it was published; its items follow its publication through their key.
    await q.query(`
      CREATE TABLE supervision_rule_item (
        id uuid NOT NULL CONSTRAINT supervision_rule_item_pkey PRIMARY KEY,
        unit_id uuid NOT NULL, rule_id uuid NOT NULL, is_published boolean NOT NULL DEFAULT false,
        section text NOT NULL CONSTRAINT supervision_rule_item_section_check CHECK (section IN ('OBJECTS', 'MATTERS', 'WAYS', 'MEANS', 'USE_OF_RESULTS', 'ACCOUNTABILITY_TRIGGERS')),
        seq integer NOT NULL CONSTRAINT supervision_rule_item_seq_check CHECK (seq >= 1),
        code text COLLATE "C" NOT NULL, text_zh text NOT NULL, text_en text,
        fault_kind text CONSTRAINT supervision_rule_item_fault_kind_check CHECK (fault_kind IN ('ABDICATION', 'DISORDER', 'ABUSE')),
        unit_kinds text[] NOT NULL DEFAULT '{}', relation_kinds text[] NOT NULL DEFAULT '{}',
        matter_code text COLLATE "C", power_category text, sector_code text,
        is_synthetic boolean NOT NULL DEFAULT false, ${AUDITABLE},
        CONSTRAINT supervision_rule_item_fault_check CHECK ((section = 'ACCOUNTABILITY_TRIGGERS') = (fault_kind IS NOT NULL)),
        CONSTRAINT supervision_rule_item_objects_check CHECK (section = 'OBJECTS' OR (unit_kinds = '{}' AND relation_kinds = '{}')),
        CONSTRAINT supervision_rule_item_matters_check CHECK (section = 'MATTERS' OR num_nonnulls(matter_code, power_category, sector_code) = 0),
        CONSTRAINT supervision_rule_item_code_key UNIQUE (rule_id, code),
        CONSTRAINT supervision_rule_item_seq_key UNIQUE (rule_id, section, seq),
        CONSTRAINT supervision_rule_item_rule_fk FOREIGN KEY (rule_id, unit_id, is_published) REFERENCES supervision_rule (id, unit_id, is_published) ON UPDATE CASCADE)`)
    await q.query('CREATE INDEX supervision_rule_item_unit_id_idx ON supervision_rule_item (unit_id, section, code)')
    await q.query(`CREATE INDEX supervision_rule_item_matter_code_idx ON supervision_rule_item (matter_code) WHERE matter_code IS NOT NULL`)

    // The days on which a version binds, as one value: for the exclusion, and to ask for a day.
    await q.query(`
      CREATE FUNCTION supervision_rule_in_force() RETURNS trigger LANGUAGE plpgsql AS $fn$
      BEGIN
        NEW.in_force := CASE WHEN NEW.is_published THEN daterange(NEW.effective_from, NEW.effective_to) END;
        RETURN NEW;
      END $fn$`)
    await q.query('CREATE TRIGGER supervision_rule_in_force BEFORE INSERT OR UPDATE ON supervision_rule FOR EACH ROW EXECUTE FUNCTION supervision_rule_in_force()')
    await q.query(`
      CREATE FUNCTION supervision_rule_lock() RETURNS trigger LANGUAGE plpgsql AS $fn$
      BEGIN
        IF OLD.is_published AND (TG_OP = 'DELETE' OR to_jsonb(NEW) - ${ENDING} <> to_jsonb(OLD) - ${ENDING}) THEN
          PERFORM public.refuse_locked('supervision_rule');
        END IF;
        RETURN coalesce(NEW, OLD);
      END $fn$`)
    await q.query('CREATE TRIGGER supervision_rule_lock BEFORE UPDATE OR DELETE ON supervision_rule FOR EACH ROW EXECUTE FUNCTION supervision_rule_lock()')
    await q.query(`
      CREATE FUNCTION supervision_rule_item_lock() RETURNS trigger LANGUAGE plpgsql AS $fn$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          IF NEW.is_published THEN PERFORM public.refuse_locked('supervision_rule'); END IF;
        ELSIF OLD.is_published THEN PERFORM public.refuse_locked('supervision_rule');
        END IF;
        RETURN coalesce(NEW, OLD);
      END $fn$`)
    await q.query('CREATE TRIGGER supervision_rule_item_lock BEFORE INSERT OR UPDATE OR DELETE ON supervision_rule_item FOR EACH ROW EXECUTE FUNCTION supervision_rule_item_lock()')
  }
}

const TABLES = ['supervision_rule_item', 'supervision_rule', 'listed_code']

const ITEM_KINDS = ['POSITION', 'POWER', 'FLOW', 'RISK', 'CONTROL', 'DUTY', 'FOCUS', 'INDICATOR', 'VIOLATION_TYPE']
/** Kinds of catalog items that are codes of a list. */
const LIST_KINDS = ['FINDING_CATEGORY', 'SUPERVISION_MATTER', 'PROBLEM_CATEGORY']

/** What the core begins each list with: code, Chinese and English label. */
const CORE_CODES: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  FINDING_CATEGORY: [
    ['duty-performance', '履职尽责', 'Performance of duty'], ['decision-procedure', '议事决策程序', 'Decision procedure'], ['personnel', '选人用人', 'Selection and appointment'],
    ['funds-assets', '资金资产管理', 'Funds and assets'], ['procurement-tendering', '采购与招标投标', 'Procurement and tendering'], ['project-change', '工程变更', 'Project changes'],
    ['approval-enforcement', '审批与执法', 'Approval and enforcement'], ['service-conduct', '工作作风与服务', 'Conduct and service'], ['interests-of-the-people', '群众利益', 'Interests of the people'],
    ['records-data', '台账与数据', 'Records and data'], ['control-weakness', '防控措施不落实', 'Weak control'], ['other', '其他', 'Other'],
  ],
  VIOLATION_TYPE: [
    ['political-discipline', '违反政治纪律', 'Against political discipline'], ['organisational-discipline', '违反组织纪律', 'Against organisational discipline'],
    ['integrity-discipline', '违反廉洁纪律', 'Against integrity discipline'], ['mass-discipline', '违反群众纪律', 'Against discipline towards the people'],
    ['work-discipline', '违反工作纪律', 'Against work discipline'], ['life-discipline', '违反生活纪律', 'Against discipline of life'],
    ['duty-unlawful', '职务违法', 'Unlawful act in office'], ['duty-crime', '职务犯罪', 'Crime in office'],
  ],
  SUPERVISION_MATTER: [
    ['main-responsibility', '全面从严治党主体责任落实', 'Main responsibility for strict Party governance'], ['first-persons', '对“一把手”和领导班子的监督', 'First persons and leading teams'],
    ['four-responsibilities', '四责协同', 'Coordination of the four responsibilities'], ['power-risk-control', '权力风险防控', 'Control of power risks'],
    ['major-decisions', '“三重一大”决策', 'Major decisions'], ['selection-appointment', '选人用人', 'Selection and appointment'], ['funds-assets', '资金资产管理', 'Funds and assets'],
    ['procurement-projects', '采购与工程建设', 'Procurement and projects'], ['approval-enforcement', '审批与执法', 'Approval and enforcement'], ['work-style', '作风建设', 'Work style'],
    ['livelihood', '民生领域', 'Livelihood of the people'], ['village-affairs', '村（居）务公开与集体“三资”', 'Village affairs and collective assets'],
    ['rectification', '问题整改落实', 'Rectification'], ['supervisor-discipline', '监督队伍自身建设', 'The supervisors themselves'], ['other', '其他', 'Other'],
  ],
  PROBLEM_CATEGORY: [
    ['formalism', '形式主义、官僚主义', 'Formalism and bureaucracy'], ['harm-to-the-people', '侵害群众利益', 'Harm to the interests of the people'],
    ['project-tendering', '工程建设与招标投标', 'Projects and tendering'], ['public-funds', '公款公物使用', 'Use of public funds and property'],
    ['personnel', '选人用人', 'Selection and appointment'], ['enforcement', '执法司法', 'Law enforcement'], ['business-environment', '营商环境', 'Business environment'], ['other', '其他', 'Other'],
  ],
}
