#!/bin/bash
# fresh.sh <scale>: the loaded database as it was before any write of an earlier run, and a token. Writes are undone by starting from here again.
set -e; cd "$(dirname "$0")"; S=$1; H=${BENCH_HOME:-${TMPDIR:-/tmp}/plumbline-bench}; PG=../pg.sh
$PG psql -d plumbline_${S}_loaded -qc 'select 1 from control limit 1' >/dev/null 2>&1 || ./load.sh $S
$H/node_modules/.bin/node token.mjs $H/project
$PG psql -qc "DROP DATABASE IF EXISTS plumbline_$S WITH (FORCE)" -c "CREATE DATABASE plumbline_$S TEMPLATE plumbline_${S}_loaded STRATEGY file_copy"
