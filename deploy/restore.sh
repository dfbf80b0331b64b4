#!/usr/bin/env bash
# Puts a backup back: restore.sh [--replace] FILE. Without --replace, only where no event is stored yet.
# The services stand still meanwhile. Afterwards what the backup had not counted yet is counted: the outbox sends it again.
set -euo pipefail

usage() {
    echo "Usage: restore.sh [--replace] FILE" >&2
    exit 2
}
replace=false
[[ ${1:-} != --replace ]] || { replace=true && shift; }
[[ $# == 1 && -r $1 ]] || usage
file=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=deploy/compose.sh
. ./compose.sh

# A command of Postgres in its container, with the password that the container has.
postgres() {
    # shellcheck disable=SC2016
    compose exec -T postgres sh -c 'PGPASSWORD=$POSTGRES_PASSWORD exec "$@" --username postgres' sh "$@"
}
sql() { postgres psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --dbname "$1" --command "$2" </dev/null; }

compose up -d postgres
for ((tries = 0; ; tries++)); do
    # Over TCP: while the server prepares its first start, it listens on its socket only.
    ! compose exec -T postgres pg_isready --quiet --host 127.0.0.1 </dev/null || break
    ((tries < 60)) || { echo "Postgres does not start: see \`docker compose logs postgres\`." >&2 && exit 1; }
    sleep 1
done

compose exec -T postgres pg_restore --list <"$file" >/dev/null || { echo "$file is no backup of PulseBoard." >&2 && exit 1; }

exists=$(sql postgres "SELECT count(*) FROM pg_database WHERE datname = 'pulseboard'")
if ! $replace && [[ $exists == 1 && $(sql pulseboard "SELECT to_regclass('events') IS NOT NULL") == t ]]; then
    if [[ $(sql pulseboard 'SELECT EXISTS (SELECT FROM events)') == t ]]; then
        echo "This machine has events of its own. To replace them with the backup: restore.sh --replace $1" >&2
        exit 1
    fi
fi

echo "Restoring beside the present database."
sql postgres 'DROP DATABASE IF EXISTS pulseboard_restored'
sql postgres 'CREATE DATABASE pulseboard_restored'
postgres pg_restore --exit-on-error --no-owner --dbname pulseboard_restored <"$file"

echo "Stopping the services, and putting the restored database in place."
compose stop web dashboard analytics activity migrator
sql postgres 'DROP DATABASE IF EXISTS pulseboard WITH (FORCE)'
sql postgres 'ALTER DATABASE pulseboard_restored RENAME TO pulseboard'

# The worker bumps the metrics version when it starts, so that no answer from before is served. Messages about batches that the
# backup does not know are acknowledged and change nothing.
compose up -d
echo "Restored: $(sql pulseboard 'SELECT count(*) FROM events') events."
