import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Columns of an item that go on changing after publication: its progress, and who changed it when. */
const PROGRESS = `ARRAY['state', 'claimed_by', 'waived_reason', 'updated_at', 'updated_by', 'row_version']`
/** A published list can only be superseded. */
const SUPERSESSION = `ARRAY['state', 'updated_at', 'updated_by', 'row_version']`

/**
 * Published lists are locked: neither they nor their items, targets and powers change, come or go. The list is held FOR SHARE while its
 * content changes, so that no change can slip in beside a publication.
 */
export class LockedLists20261122000006 implements MigrationInterface {
  name = 'LockedLists20261122000006'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION refuse_locked(what text) RETURNS void LANGUAGE plpgsql AS $fn$
      BEGIN
        RAISE EXCEPTION 'the content of a published list is locked' USING ERRCODE = 'restrict_violation', CONSTRAINT = what || '_locked', TABLE = what;
      END $fn$`)
    await q.query(`
      CREATE FUNCTION list_is_locked(list uuid) RETURNS boolean LANGUAGE plpgsql AS $fn$
      BEGIN
        RETURN coalesce((SELECT l.state IN ('PUBLISHED', 'SUPERSEDED') FROM public.responsibility_list l WHERE l.id = list FOR SHARE), false);
      END $fn$`)

    await q.query(`
      CREATE FUNCTION responsibility_list_lock() RETURNS trigger LANGUAGE plpgsql AS $fn$
      BEGIN
        IF OLD.state IN ('PUBLISHED', 'SUPERSEDED') AND (TG_OP = 'DELETE'
          OR to_jsonb(NEW) - ${SUPERSESSION} <> to_jsonb(OLD) - ${SUPERSESSION} OR NEW.state NOT IN (OLD.state, 'SUPERSEDED')) THEN
          PERFORM public.refuse_locked('responsibility_list');
        END IF;
        RETURN coalesce(NEW, OLD);
      END $fn$`)
    await q.query('CREATE TRIGGER responsibility_list_lock BEFORE UPDATE OR DELETE ON responsibility_list FOR EACH ROW EXECUTE FUNCTION responsibility_list_lock()')

    await q.query(`
      CREATE FUNCTION duty_item_lock() RETURNS trigger LANGUAGE plpgsql AS $fn$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          IF to_jsonb(NEW) - ${PROGRESS} = to_jsonb(OLD) - ${PROGRESS} THEN RETURN NEW; END IF;
        END IF;
        IF TG_OP <> 'INSERT' THEN
          IF public.list_is_locked(OLD.list_id) THEN PERFORM public.refuse_locked('duty_item'); END IF;
        END IF;
        IF TG_OP <> 'DELETE' THEN
          IF public.list_is_locked(NEW.list_id) THEN PERFORM public.refuse_locked('duty_item'); END IF;
        END IF;
        RETURN coalesce(NEW, OLD);
      END $fn$`)
    await q.query('CREATE TRIGGER duty_item_lock BEFORE INSERT OR UPDATE OR DELETE ON duty_item FOR EACH ROW EXECUTE FUNCTION duty_item_lock()')

    await q.query(`
      CREATE FUNCTION list_power_lock() RETURNS trigger LANGUAGE plpgsql AS $fn$
      BEGIN
        IF TG_OP <> 'INSERT' THEN
          IF public.list_is_locked(OLD.list_id) THEN PERFORM public.refuse_locked('list_power'); END IF;
        END IF;
        IF TG_OP <> 'DELETE' THEN
          IF public.list_is_locked(NEW.list_id) THEN PERFORM public.refuse_locked('list_power'); END IF;
        END IF;
        RETURN coalesce(NEW, OLD);
      END $fn$`)
    await q.query('CREATE TRIGGER list_power_lock BEFORE INSERT OR UPDATE OR DELETE ON list_power FOR EACH ROW EXECUTE FUNCTION list_power_lock()')

    // What a focus looks at is content of the list that the focus stands on.
    await q.query(`
      CREATE FUNCTION focus_lock() RETURNS trigger LANGUAGE plpgsql AS $fn$
      DECLARE
        item uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.duty_item_id ELSE OLD.duty_item_id END;
      BEGIN
        IF public.list_is_locked((SELECT i.list_id FROM public.duty_item i WHERE i.id = item))
          OR TG_OP = 'UPDATE' AND public.list_is_locked((SELECT i.list_id FROM public.duty_item i WHERE i.id = NEW.duty_item_id)) THEN
          PERFORM public.refuse_locked('focus');
        END IF;
        RETURN coalesce(NEW, OLD);
      END $fn$`)
    for (const table of FOCUS) await q.query(`CREATE TRIGGER focus_lock BEFORE INSERT OR UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION focus_lock()`)
  }

  async down(q: QueryRunner): Promise<void> {
    for (const table of FOCUS) await q.query(`DROP TRIGGER focus_lock ON ${table}`)
    for (const table of ['list_power', 'duty_item', 'responsibility_list']) await q.query(`DROP TRIGGER ${table}_lock ON ${table}`)
    for (const fn of ['focus_lock()', 'list_power_lock()', 'duty_item_lock()', 'responsibility_list_lock()', 'list_is_locked(uuid)', 'refuse_locked(text)']) {
      await q.query(`DROP FUNCTION ${fn}`)
    }
  }
}

const FOCUS = ['focus_power', 'focus_risk_point']
