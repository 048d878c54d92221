import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Days off as ranges with their holiday, and weekends worked in exchange, as the State Council’s notices published them: `MM-DD MM-DD 名称`. */
const PUBLISHED: Readonly<Record<number, { off: readonly string[]; worked: readonly string[] }>> = {
  2020: {
    off: ['01-01 01-01 元旦', '01-24 02-02 春节', '04-04 04-06 清明节', '05-01 05-05 劳动节', '06-25 06-27 端午节', '10-01 10-08 国庆节、中秋节'],
    worked: ['01-19 春节', '04-26 劳动节', '05-09 劳动节', '06-28 端午节', '09-27 国庆节、中秋节', '10-10 国庆节、中秋节'],
  },
  2021: {
    off: ['01-01 01-03 元旦', '02-11 02-17 春节', '04-03 04-05 清明节', '05-01 05-05 劳动节', '06-12 06-14 端午节', '09-19 09-21 中秋节', '10-01 10-07 国庆节'],
    worked: ['02-07 春节', '02-20 春节', '04-25 劳动节', '05-08 劳动节', '09-18 中秋节', '09-26 国庆节', '10-09 国庆节'],
  },
  2022: {
    off: ['01-01 01-03 元旦', '01-31 02-06 春节', '04-03 04-05 清明节', '04-30 05-04 劳动节', '06-03 06-05 端午节', '09-10 09-12 中秋节', '10-01 10-07 国庆节', '12-31 12-31 元旦'],
    worked: ['01-29 春节', '01-30 春节', '04-02 清明节', '04-24 劳动节', '05-07 劳动节', '10-08 国庆节', '10-09 国庆节'],
  },
  2023: {
    off: ['01-01 01-02 元旦', '01-21 01-27 春节', '04-05 04-05 清明节', '04-29 05-03 劳动节', '06-22 06-24 端午节', '09-29 10-06 中秋节、国庆节', '12-30 12-31 元旦'],
    worked: ['01-28 春节', '01-29 春节', '04-23 劳动节', '05-06 劳动节', '06-25 端午节', '10-07 中秋节、国庆节', '10-08 中秋节、国庆节'],
  },
  2024: {
    off: ['01-01 01-01 元旦', '02-10 02-17 春节', '04-04 04-06 清明节', '05-01 05-05 劳动节', '06-10 06-10 端午节', '09-15 09-17 中秋节', '10-01 10-07 国庆节'],
    worked: ['02-04 春节', '02-18 春节', '04-07 清明节', '04-28 劳动节', '05-11 劳动节', '09-14 中秋节', '09-29 国庆节', '10-12 国庆节'],
  },
  2025: {
    off: ['01-01 01-01 元旦', '01-28 02-04 春节', '04-04 04-06 清明节', '05-01 05-05 劳动节', '05-31 06-02 端午节', '10-01 10-08 国庆节、中秋节'],
    worked: ['01-26 春节', '02-08 春节', '04-27 劳动节', '09-28 国庆节、中秋节', '10-11 国庆节、中秋节'],
  },
  2026: {
    off: ['01-01 01-03 元旦', '02-15 02-23 春节', '04-04 04-06 清明节', '05-01 05-05 劳动节', '06-19 06-21 端午节', '09-25 09-27 中秋节', '10-01 10-07 国庆节'],
    worked: ['01-04 元旦', '02-14 春节', '02-28 春节', '05-09 劳动节', '09-20 国庆节', '10-10 国庆节'],
  },
}

const AUDITABLE = `created_at timestamptz NOT NULL DEFAULT now(), created_by text NOT NULL, updated_at timestamptz NOT NULL DEFAULT now(), updated_by text NOT NULL,
        row_version integer NOT NULL DEFAULT 1`

/** How far each subscriber of events is, and which days are worked on. */
export class EventsAndCalendar20261122000018 implements MigrationInterface {
  name = 'EventsAndCalendar20261122000018'

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE event_subscriber (
        name text COLLATE "C" NOT NULL CONSTRAINT event_subscriber_pkey PRIMARY KEY,
        since timestamptz NOT NULL DEFAULT now(),
        taken_at timestamptz, snapshot text, cluster text, era integer NOT NULL DEFAULT 1)`)
    await q.query(`
      CREATE TABLE event_delivery (
        id uuid NOT NULL CONSTRAINT event_delivery_pkey PRIMARY KEY,
        subscriber text COLLATE "C" NOT NULL, event_id uuid NOT NULL,
        kind text NOT NULL, subject_id uuid NOT NULL, event_at timestamptz NOT NULL,
        taken_at timestamptz NOT NULL, tx bigint NOT NULL,
        state text NOT NULL DEFAULT 'WAITING' CONSTRAINT event_delivery_state_check CHECK (state IN ('WAITING', 'PARKED')),
        attempts integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        last_error_code text,
        CONSTRAINT event_delivery_event_key UNIQUE (subscriber, event_id))`)
    // In the order in which they became visible; and whether something else about the same subject comes before.
    await q.query(`CREATE INDEX event_delivery_order_idx ON event_delivery (subscriber, taken_at, tx, event_id) WHERE state = 'WAITING'`)
    await q.query(`CREATE INDEX event_delivery_subject_idx ON event_delivery (subscriber, subject_id, taken_at, tx, event_id) WHERE state = 'WAITING'`)
    await q.query('CREATE INDEX event_delivery_event_at_idx ON event_delivery (event_at, id)')
    await q.query(`
      CREATE TABLE event_handled (
        subscriber text COLLATE "C" NOT NULL, event_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT event_handled_pkey PRIMARY KEY (subscriber, event_id))`)
    await q.query('GRANT SELECT, INSERT, UPDATE ON event_subscriber TO plumbline_app')
    await q.query('GRANT SELECT, INSERT, UPDATE, DELETE ON event_delivery TO plumbline_app')
    await q.query('GRANT SELECT, INSERT, DELETE ON event_handled TO plumbline_app')

    await q.query(`
      CREATE TABLE calendar_year (
        id uuid NOT NULL CONSTRAINT calendar_year_pkey PRIMARY KEY,
        year integer NOT NULL CONSTRAINT calendar_year_year_key UNIQUE CONSTRAINT calendar_year_year_check CHECK (year BETWEEN 1949 AND 2200),
        days jsonb NOT NULL CONSTRAINT calendar_year_days_check CHECK (jsonb_typeof(days) = 'array'),
        source text NOT NULL,
        is_synthetic boolean NOT NULL DEFAULT false, ${AUDITABLE})`)
    await q.query(`SELECT keep_history('calendar_year')`)
    await q.query('GRANT SELECT, INSERT ON calendar_year TO plumbline_app')
    await q.query('GRANT UPDATE (days, source, is_synthetic, updated_at, updated_by, row_version) ON calendar_year TO plumbline_app')
    // Some days stand in a second notice: the holidays that were prolonged in 2020, and the last of December 2022.
    const also: Readonly<Record<number, string>> = { 2020: '，国务院办公厅关于延长2020年春节假期的通知', 2022: '，国务院办公厅关于2023年部分节假日安排的通知' }
    for (const year of Object.keys(PUBLISHED).map(Number)) {
      await q.query(`INSERT INTO calendar_year (id, year, days, source, created_by, updated_by) VALUES (gen_random_uuid(), $1, $2, $3, 'system:migration', 'system:migration')`,
        [year, JSON.stringify(daysOf(year)), `国务院办公厅关于${year}年部分节假日安排的通知${also[year] ?? ''}`])
    }
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`SELECT drop_history('calendar_year')`)
    for (const table of ['calendar_year', 'event_handled', 'event_delivery', 'event_subscriber']) await q.query(`DROP TABLE ${table}`)
  }
}

function daysOf(year: number): { day: string; isWorkingDay: boolean; nameZh: string }[] {
  const { off, worked } = PUBLISHED[year]!
  const days = off.flatMap(range => {
    const [from, to, nameZh] = range.split(' ') as [string, string, string]
    const all: { day: string; isWorkingDay: boolean; nameZh: string }[] = []
    for (const day = new Date(`${year}-${from}T00:00:00Z`); day <= new Date(`${year}-${to}T00:00:00Z`); day.setUTCDate(day.getUTCDate() + 1)) {
      all.push({ day: day.toISOString().slice(0, 10), isWorkingDay: false, nameZh })
    }
    return all
  })
  const exchanged = worked.map(w => ({ day: `${year}-${w.slice(0, 5)}`, isWorkingDay: true, nameZh: w.slice(6) }))
  return [...days, ...exchanged].sort((a, b) => (a.day < b.day ? -1 : 1))
}
