#!/usr/bin/env bash
# Writes the whole database to a file, while everything runs: backup.sh [FILE], or `-` for the standard output.
# One snapshot: events, what is still to be counted, and the numbers belong together. Redis and RabbitMQ need no backup.
set -euo pipefail
umask 077

file=${1:-pulseboard-$(date -u +%Y%m%dT%H%M%SZ).dump}
[[ $file == - || $file == /* ]] || file=$PWD/$file
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=deploy/compose.sh
. ./compose.sh

dump() {
    # shellcheck disable=SC2016 # The container has the password.
    compose exec -T postgres sh -c 'PGPASSWORD=$POSTGRES_PASSWORD exec pg_dump --username postgres --format custom pulseboard'
}

if [[ $file == - ]]; then
    dump
    exit
fi

# A file of that name is a whole backup, or is not there.
trap 'rm -f "$file.part"' EXIT
dump >"$file.part"
tables=$(compose exec -T postgres pg_restore --list <"$file.part" | grep -c 'TABLE DATA')
mv "$file.part" "$file"
echo "$file: $(wc -c <"$file") bytes, $tables tables."
