#!/bin/bash
# What the official image's entry point promises, as far as the manifest uses it.
set -euo pipefail

if [[ $(id -u) == 0 ]]; then
    install -d -o postgres -g postgres -m 700 "$PGDATA"
    exec setpriv --reuid=postgres --regid=postgres --clear-groups -- "$0" "$@"
fi

if [[ ! -s $PGDATA/PG_VERSION ]]; then
    : "${POSTGRES_PASSWORD:?no password for the superuser}"
    read -ra arguments <<<"${POSTGRES_INITDB_ARGS:-}"
    LC_ALL=C.UTF-8 initdb -E UTF8 -U "${POSTGRES_USER:-postgres}" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") "${arguments[@]}"
    printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"
    printf "listen_addresses = '*'\n" >>"$PGDATA/postgresql.conf"

    # As the official image does: no port is open before the database is there.
    export PGUSER=${POSTGRES_USER:-postgres} PGPASSWORD=$POSTGRES_PASSWORD
    pg_ctl -w -o "-c listen_addresses=''" start
    [[ ${POSTGRES_DB:-postgres} == postgres ]] || createdb "$POSTGRES_DB"
    pg_ctl -w -m fast stop
    unset PGUSER PGPASSWORD
fi

exec "$@"
