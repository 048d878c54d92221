import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Columns of every register that people change. */
const AUDITABLE = `
  created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
  row_version integer NOT NULL DEFAULT 1`

/** Plugins and the ledger of their migrations, catalog releases with their items, adoptions, indicator definitions and figures. */
export class Catalog20261122000005 implements MigrationInterface {
  name = 'Catalog20261122000005'

  async up(q: QueryRunner): Promise<void> {
    // What became of each plugin that was ever found, and the last good part of the schema that it brought.
    await q.query(`
      CREATE TABLE plugin (
        id uuid NOT NULL CONSTRAINT plugin_pkey PRIMARY KEY,
        code text COLLATE "C" NOT NULL CONSTRAINT plugin_code_key UNIQUE,
        title_zh text NOT NULL, title_en text NOT NULL, version text NOT NULL, core_range text NOT NULL,
        tier integer NOT NULL CONSTRAINT plugin_tier_check CHECK (tier BETWEEN 0 AND 2),
        source text NOT NULL CONSTRAINT plugin_source_check CHECK (source IN ('FOLDER', 'PACKAGE')),
        state text NOT NULL CONSTRAINT plugin_state_check CHECK (state IN ('DISCOVERED', 'ENABLED', 'DISABLED', 'QUARANTINED', 'DETACHED', 'PURGED')),
        since timestamptz NOT NULL, phase text, reason text, problems jsonb NOT NULL DEFAULT '[]',
        types_count integer NOT NULL DEFAULT 0, fields_count integer NOT NULL DEFAULT 0, queries_count integer NOT NULL DEFAULT 0,
        mutations_count integer NOT NULL DEFAULT 0, tables_count integer NOT NULL DEFAULT 0, routes_count integer NOT NULL DEFAULT 0,
        items_count integer NOT NULL DEFAULT 0, indicators_count integer NOT NULL DEFAULT 0,
        claims jsonb NOT NULL DEFAULT '[]', sdl text, catalog_version text, leftovers jsonb NOT NULL DEFAULT '[]', ${AUDITABLE},
        CONSTRAINT plugin_reason_check CHECK (state <> 'QUARANTINED' OR (phase IS NOT NULL AND reason IS NOT NULL)))`)

    // Append-only: the newest line of a migration says whether it is applied.
    await q.query(`
      CREATE TABLE plugin_ledger (
        id uuid NOT NULL CONSTRAINT plugin_ledger_pkey PRIMARY KEY,
        plugin_code text COLLATE "C" NOT NULL, migration text COLLATE "C" NOT NULL, checksum text NOT NULL,
        direction text NOT NULL CONSTRAINT plugin_ledger_direction_check CHECK (direction IN ('UP', 'DOWN')),
        plugin_version text NOT NULL, at timestamptz NOT NULL DEFAULT now())`)
    await q.query('CREATE INDEX plugin_ledger_migration_idx ON plugin_ledger (plugin_code, migration, id)')
    await q.query(`SELECT append_only('plugin_ledger')`)
    await q.query('REVOKE INSERT ON plugin_ledger FROM plumbline_app')

    // SM-16. INV-36: a version has one content, for ever.
    await q.query(`
      CREATE TABLE catalog_release (
        id uuid NOT NULL CONSTRAINT catalog_release_pkey PRIMARY KEY,
        plugin_code text COLLATE "C" NOT NULL, version text COLLATE "C" NOT NULL, content_hash text NOT NULL, code_prefix text NOT NULL,
        title_zh text NOT NULL, title_en text NOT NULL, maintainer text, change_log text[] NOT NULL DEFAULT '{}',
        state text NOT NULL CONSTRAINT catalog_release_state_check CHECK (state IN ('DRAFT', 'VALIDATED', 'PUBLISHED', 'DEPRECATED')),
        published_at timestamptz, items_count integer NOT NULL,
        audiences jsonb NOT NULL DEFAULT '[]', variables jsonb NOT NULL DEFAULT '[]', code_lists jsonb NOT NULL DEFAULT '[]', ${AUDITABLE},
        CONSTRAINT catalog_release_published_check CHECK ((state IN ('PUBLISHED', 'DEPRECATED')) = (published_at IS NOT NULL)),
        CONSTRAINT catalog_release_version_key UNIQUE (plugin_code, version),
        CONSTRAINT catalog_release_id_plugin_key UNIQUE (id, plugin_code, version))`)
    await q.query(`CREATE UNIQUE INDEX catalog_release_published_key ON catalog_release (plugin_code) WHERE state = 'PUBLISHED'`)

    await q.query(`
      CREATE TABLE catalog_item (
        id uuid NOT NULL CONSTRAINT catalog_item_pkey PRIMARY KEY,
        release_id uuid NOT NULL, plugin_code text COLLATE "C" NOT NULL, version text COLLATE "C" NOT NULL,
        kind text NOT NULL CONSTRAINT catalog_item_kind_check CHECK (kind IN ('POSITION', 'POWER', 'FLOW', 'RISK', 'CONTROL', 'DUTY', 'FOCUS', 'INDICATOR', 'VIOLATION_TYPE')),
        code text COLLATE "C" NOT NULL, seq integer NOT NULL, parent_code text COLLATE "C",
        title_zh text NOT NULL, title_en text, audience_codes text[] NOT NULL DEFAULT '{}',
        payload jsonb NOT NULL, content_hash text NOT NULL, legal_basis jsonb NOT NULL DEFAULT '[]', source_note text,
        is_synthetic boolean NOT NULL, retired_in text, superseded_by_code text COLLATE "C", supersedes_code text COLLATE "C",
        CONSTRAINT catalog_item_release_fk FOREIGN KEY (release_id, plugin_code, version) REFERENCES catalog_release (id, plugin_code, version),
        CONSTRAINT catalog_item_code_check CHECK (starts_with(code, plugin_code || '.' || lower(replace(kind, '_', '-')) || '.')),
        CONSTRAINT catalog_item_code_key UNIQUE (release_id, code),
        CONSTRAINT catalog_item_seq_key UNIQUE (release_id, seq))`)
    await q.query('CREATE INDEX catalog_item_code_idx ON catalog_item (code)')
    await q.query('CREATE INDEX catalog_item_parent_code_idx ON catalog_item (release_id, parent_code) WHERE parent_code IS NOT NULL')
    await q.query(`SELECT append_only('catalog_item')`)

    // Which item a unit copied into which row of its own. year is 0 for what is not tied to a year.
    await q.query(`
      CREATE TABLE catalog_adoption (
        id uuid NOT NULL CONSTRAINT catalog_adoption_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT catalog_adoption_unit_fk REFERENCES unit (id),
        release_id uuid NOT NULL, plugin_code text COLLATE "C" NOT NULL, adopted_version text COLLATE "C" NOT NULL,
        kind text NOT NULL, item_code text COLLATE "C" NOT NULL, base_hash text NOT NULL,
        year integer NOT NULL DEFAULT 0 CONSTRAINT catalog_adoption_year_check CHECK (year = 0 OR year BETWEEN 2000 AND 2100),
        local_type text NOT NULL, local_id uuid NOT NULL,
        drift text NOT NULL CONSTRAINT catalog_adoption_drift_check CHECK (drift IN ('IN_SYNC', 'LOCALLY_EDITED', 'UPSTREAM_CHANGED', 'CONFLICT', 'UPSTREAM_RETIRED')),
        decision text CONSTRAINT catalog_adoption_decision_check CHECK (decision IN ('KEEP_LOCAL', 'TAKE_UPSTREAM', 'MERGE')), ${AUDITABLE},
        CONSTRAINT catalog_adoption_release_fk FOREIGN KEY (release_id, plugin_code, adopted_version) REFERENCES catalog_release (id, plugin_code, version),
        CONSTRAINT catalog_adoption_item_key UNIQUE (unit_id, item_code, year))`)
    await q.query('CREATE INDEX catalog_adoption_item_code_idx ON catalog_adoption (item_code, drift)')
    await q.query('CREATE INDEX catalog_adoption_local_id_idx ON catalog_adoption (local_id)')

    // A definition is never changed: other content is the next version.
    await q.query(`
      CREATE TABLE indicator_definition (
        id uuid NOT NULL CONSTRAINT indicator_definition_pkey PRIMARY KEY,
        plugin_code text COLLATE "C" NOT NULL, code text COLLATE "C" NOT NULL, version integer NOT NULL,
        catalog_version text COLLATE "C" NOT NULL, content_hash text NOT NULL,
        state text NOT NULL CONSTRAINT indicator_definition_state_check CHECK (state IN ('CURRENT', 'SUPERSEDED', 'RETIRED')),
        name_zh text NOT NULL, name_en text NOT NULL, calibre_zh text NOT NULL, calibre_en text NOT NULL,
        numerator text NOT NULL, denominator text, multiplier numeric NOT NULL, decimals integer NOT NULL CONSTRAINT indicator_definition_decimals_check CHECK (decimals BETWEEN 0 AND 6),
        unit_label text NOT NULL,
        direction text NOT NULL CONSTRAINT indicator_definition_direction_check CHECK (direction IN ('HIGHER_BETTER', 'LOWER_BETTER', 'TARGET_RANGE', 'MONITOR_ONLY')),
        period_kinds text[] NOT NULL,
        aggregation text NOT NULL CONSTRAINT indicator_definition_aggregation_check CHECK (aggregation IN ('RATIO_OF_SUMS', 'SUM', 'LAST', 'NONE')),
        min_denominator numeric NOT NULL DEFAULT 0, variables jsonb NOT NULL, audiences jsonb NOT NULL DEFAULT '[]',
        legal_basis jsonb NOT NULL DEFAULT '[]', source_note text, is_synthetic boolean NOT NULL, ${AUDITABLE},
        CONSTRAINT indicator_definition_version_key UNIQUE (code, version))`)
    await q.query(`CREATE UNIQUE INDEX indicator_definition_current_key ON indicator_definition (code) WHERE state = 'CURRENT'`)
    await q.query('CREATE INDEX indicator_definition_plugin_idx ON indicator_definition (plugin_code, state)')

    await q.query(`
      CREATE TABLE indicator_figure (
        id uuid NOT NULL CONSTRAINT indicator_figure_pkey PRIMARY KEY,
        unit_id uuid NOT NULL CONSTRAINT indicator_figure_unit_fk REFERENCES unit (id),
        plugin_code text COLLATE "C" NOT NULL, variable text COLLATE "C" NOT NULL, period text COLLATE "C" NOT NULL,
        value numeric NOT NULL, source text NOT NULL CONSTRAINT indicator_figure_source_check CHECK (source IN ('REPORTED', 'IMPORTED')), note text, ${AUDITABLE},
        CONSTRAINT indicator_figure_value_check CHECK (value NOT IN ('NaN', 'Infinity', '-Infinity')),
        CONSTRAINT indicator_figure_key UNIQUE (unit_id, plugin_code, period, variable))`)

    for (const table of TABLES) {
      await q.query(`SELECT keep_history('${table}')`)
      await q.query(`GRANT SELECT, INSERT, UPDATE ON ${table} TO plumbline_app`)
    }
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await q.query(`SELECT drop_history('${table}')`)
    for (const table of ['indicator_figure', 'indicator_definition', 'catalog_adoption', 'catalog_item', 'catalog_release', 'plugin_ledger', 'plugin']) {
      await q.query(`DROP TABLE ${table}`)
    }
  }
}

const TABLES = ['plugin', 'catalog_release', 'catalog_adoption', 'indicator_definition', 'indicator_figure']
