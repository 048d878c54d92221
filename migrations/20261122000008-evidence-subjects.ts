import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Evidence is never left without its subject. Of the things that have evidence only items of a draft list can be taken away; evidence names
 * its subject without a foreign key, because subjects stand in several tables.
 */
export class EvidenceSubjects20261122000008 implements MigrationInterface {
  name = 'EvidenceSubjects20261122000008'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION evidence_subject_stays() RETURNS trigger LANGUAGE plpgsql AS $fn$
      BEGIN
        IF EXISTS (SELECT FROM public.evidence e WHERE e.subject_id = OLD.id) THEN
          RAISE EXCEPTION 'evidence is attached to it' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'evidence_subject_stays', TABLE = TG_TABLE_NAME;
        END IF;
        RETURN OLD;
      END $fn$`)
    await q.query('CREATE TRIGGER evidence_subject_stays BEFORE DELETE ON duty_item FOR EACH ROW EXECUTE FUNCTION evidence_subject_stays()')
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TRIGGER evidence_subject_stays ON duty_item')
    await q.query('DROP FUNCTION evidence_subject_stays()')
  }
}
