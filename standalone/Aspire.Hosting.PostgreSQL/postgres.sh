# Makes a cluster in the working directory if there is none, then becomes the server.
#
# Arguments: the folder of Postgres's programs, the cluster's folder, the port. POSTGRES_USER and POSTGRES_PASSWORD name the
# superuser.
#
# Postgres runs as an unprivileged user that may not be able to enter the folders above its data (/root, another's home). It
# insists on an absolute path and looks it up again and again. A path through an open file descriptor needs no way from the
# root; and because Postgres 15 and older leave the working directory and return to it by its path, it starts in /.
set -euo pipefail
programs=$1 cluster=$2 port=$3

if [[ ! -d $cluster ]]; then
    # Renamed when it is whole: one that was interrupted half-way must not be taken for a cluster.
    rm -rf "$cluster.new"
    mkdir -m 700 "$cluster.new"
    exec {new}<"$cluster.new"
    (
        cd /
        "$programs/initdb" -D "/proc/self/fd/$new" --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") \
            --auth=scram-sha-256 --encoding=UTF8 --no-sync --no-instructions
    )
    exec {new}<&-
    mv "$cluster.new" "$cluster"
fi

unset POSTGRES_USER POSTGRES_PASSWORD
exec {data}<"$cluster"
cd /
exec "$programs/postgres" -D "/proc/self/fd/$data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories=
