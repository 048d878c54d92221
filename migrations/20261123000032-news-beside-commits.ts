import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * What is new in inboxes is kept as rows that instances read soon after, instead of being said at the commit: commits that notify wait for
 * each other, and nearly every command changes somebody's inbox.
 */
export class NewsBesideCommits20261123000032 implements MigrationInterface {
  name = 'NewsBesideCommits20261123000032'

  async up(q: QueryRunner): Promise<void> {
    // Unlogged: after a crash everybody who watches connects anew.
    await q.query(`
      CREATE UNLOGGED TABLE topic_news (
        tx bigint NOT NULL DEFAULT (pg_current_xact_id()::text)::bigint, news text NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT topic_news_pkey PRIMARY KEY (tx, news))`)
    await q.query('GRANT SELECT ON topic_news TO plumbline_app')
    // Which role at which unit has something to look at; much at once is told as one. What everybody has read goes by the way, now and then.
    await q.query(`
      CREATE OR REPLACE FUNCTION inbox_tell(news text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $fn$
      BEGIN
        IF news IS NULL THEN RETURN; END IF;
        INSERT INTO topic_news (news) SELECT rtrim('inbox ' || n) FROM unnest(CASE WHEN cardinality(inbox_tell.news) > 50 THEN '{""}' ELSE inbox_tell.news END) n ON CONFLICT DO NOTHING;
        IF random() < 0.01 THEN
          DELETE FROM topic_news WHERE ctid IN (
            SELECT o.ctid FROM (SELECT t.ctid, t.at FROM topic_news t ORDER BY t.tx LIMIT 1000 FOR UPDATE SKIP LOCKED) o WHERE o.at < now() - interval '1 hour');
        END IF;
      END $fn$`)
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE OR REPLACE FUNCTION inbox_tell(news text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $fn$
      BEGIN
        IF cardinality(news) > 50 THEN
          PERFORM pg_notify('plumbline', 'topics inbox');
        ELSIF news IS NOT NULL THEN
          PERFORM pg_notify('plumbline', 'topics inbox ' || n) FROM unnest(news) n;
        END IF;
      END $fn$`)
    await q.query('DROP TABLE topic_news')
  }
}
