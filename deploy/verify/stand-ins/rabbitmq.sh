#!/bin/bash
# What the official image's entry point promises, as far as the manifest uses it.
set -euo pipefail

if [[ $(id -u) == 0 ]]; then
    chown rabbitmq:rabbitmq /var/lib/rabbitmq
    exec setpriv --reuid=rabbitmq --regid=rabbitmq --clear-groups -- "$0" "$@"
fi

cat >/etc/rabbitmq/rabbitmq.conf <<CONF
default_user = ${RABBITMQ_DEFAULT_USER:-guest}
default_pass = ${RABBITMQ_DEFAULT_PASS:-guest}
loopback_users.guest = false
log.console = true
log.file = false
CONF
# The package's own script, since Debian's wrapper starts a shell around it. With input allowed it becomes the server itself,
# and gets the container's signals.
export RABBITMQ_ALLOW_INPUT=1 RABBITMQ_LOGS=-
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-noinput ${RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:-}"
scripts=$(echo /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin)
export RABBITMQ_SCRIPTS_DIR=$scripts HOME=/var/lib/rabbitmq
exec "$scripts/$1" "${@:2}"
