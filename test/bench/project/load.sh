#!/bin/bash
# load.sh <scale>: migrates a new database plumbline_<scale>_loaded and fills it through `plumbline import` from the benchmark's CSVs; keeps it as a template.
# fresh.sh makes the database that a run works on from it.
set -e; cd "$(dirname "$0")"; S=$1; H=${BENCH_HOME:-${TMPDIR:-/tmp}/plumbline-bench}; PG=../pg.sh; NODE=$H/node_modules/.bin/node
cli() { $NODE $BENCH_ROOT/${BENCH_DIST:-dist}/src/cli.js "$@"; }
$PG psql -qc "DROP DATABASE IF EXISTS plumbline_${S}_loaded WITH (FORCE)" -c "CREATE DATABASE plumbline_${S}_loaded"
export DATABASE_URL=postgres://postgres@127.0.0.1:${BENCH_PGPORT:-55432}/plumbline_${S}_loaded PLUMBLINE_DATA_DIR=$H/project/data PLUMBLINE_PLUGINS=none
[ -f $H/project/$S/controls.csv ] || $NODE convert.mjs $H/data/$S $H/project/$S
cli migrate
for r in divisions units positions persons powers risk-points controls; do
  began=$(date +%s%N); cli import $r $H/project/$S/$r.csv; echo "  $(( ($(date +%s%N) - began) / 1000000 )) ms"
done
cli grant BENCH-EDITOR UNIT_EDITOR "$(sed -n 2p $H/project/$S/units.csv | cut -d, -f1)"
$PG psql -q -d plumbline_${S}_loaded -c 'VACUUM (ANALYZE, FREEZE)' -c "SELECT pg_size_pretty(pg_database_size(current_database())) AS size" -At
