#!/bin/bash
# One command: installs, starts Postgres, generates and loads the data when missing, checks equal answers, times. Arguments go to bench.mjs.
set -e; cd "$(dirname "$0")"; H=${BENCH_HOME:-${TMPDIR:-/tmp}/plumbline-bench}; S=demo; A=("$@"); for i in "${!A[@]}"; do [ "${A[$i]}" = --scale ] && S=${A[$((i+1))]}; done
./sync.sh; ./pg.sh psql -qc 'select 1' >/dev/null 2>&1 || ./pg.sh start >/dev/null
[ -f $H/data/$S/units.csv ] || $H/node_modules/.bin/node $H/data/gen.mjs --scale $S
./pg.sh psql -d bench_$S -qc 'select 1 from scores limit 1' >/dev/null 2>&1 || data/load.sh $S
export BENCH_ROOT=$(cd ../.. && pwd); (cd $BENCH_ROOT && node .tools/build.js >&2); [ "${SKIP_PROJECT:-}" ] || project/fresh.sh $S
cd $H; exec $H/node_modules/.bin/node bench.mjs "$@"
