#!/usr/bin/env bash
# Proves the deployment: brings deploy/docker-compose.yaml up as it is, in a Docker engine, and holds it to what the README
# promises. Prints each step with its figures, stops with an error at the first that fails, and leaves the machine as it was.
#
# Needs bash, curl, git, and an engine with Compose (Debian: docker.io, docker-compose), with the ports 3000, 18888, 80 and 443 free.
# Where no engine runs, root may have it start one of its own (dockerd, unshare, nsenter), which has no network but its own.
# Images that cannot be pulled are stood in for by Debian's packages and this machine's .NET 10 SDK (debootstrap, root), under
# the names that the manifest uses. With PULSEBOARD_VERIFY_CACHE=<folder> the packages are fetched once.
set -euo pipefail

source_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d /tmp/pulseboard-verify.XXXXXX)
project=pulseboard-verify-$$
base_image=pulseboard-verify/debian tools_image=pulseboard-verify/tools
services=(migrator activity analytics dashboard web)
standing_in=() engine_pid='' dockerd_started=''

say() { printf '%s\n' "$@"; }
step() { say "" "== $(date -u +%H:%M:%S) $*"; }
fail() {
    say "FAILED: $*" >&2
    exit 1
}

# ---- Cleaning up ----

# Only what carries this run's project name, or a tag that this run made.
clean_up() {
    local code=$?
    set +e
    if [[ -n ${engine_ready:-} ]]; then
        if ((code != 0)); then
            say "" "The last lines of each container:"
            local id
            for id in $(docker ps -aq --filter "label=com.docker.compose.project=$project"); do
                say "--- $(docker inspect -f '{{.Name}} {{.State.Status}}' "$id")"
                docker logs --tail 12 "$id" 2>&1 | cut -c1-300
            done
        fi
        docker rm -fv "$project-client" >/dev/null 2>&1
        [[ ! -f ${tree:-/nowhere}/deploy/.env ]] || (cd "$tree/deploy" && COMPOSE_PROFILES=tls compose down -v --remove-orphans >/dev/null 2>&1)
        local image
        for image in "${services[@]/#/pulseboard-verify/}"; do docker rmi "$image:$$" >/dev/null 2>&1; done
        for image in "${standing_in[@]}" "$tools_image" "$base_image"; do docker rmi "$image" >/dev/null 2>&1; done
    fi
    if [[ -n $dockerd_started ]]; then
        kill "$engine_pid" 2>/dev/null
        wait "$engine_pid" 2>/dev/null
        # It leaves the name of its network mounted.
        awk -v folder="$work/" 'index($2, folder) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r umount
    fi
    rm -rf --one-file-system "$work"
    exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# ---- The engine ----

. "$source_root/deploy/compose.sh"

# A command where the containers' published ports are on the loopback: for an engine of our own, in its network.
at_engine() {
    if [[ -n $engine_pid ]]; then nsenter --net="/proc/$engine_pid/ns/net" -- "$@"; else "$@"; fi
}

start_engine() {
    if ((EUID != 0)) || ! command -v dockerd >/dev/null; then
        fail "no Docker engine answers. Start one, or run this as root with dockerd installed (Debian: docker.io)"
    fi
    mkdir "$work/engine"
    # Not at Docker's usual socket, whose presence changes how other builds on this machine choose their packages.
    export DOCKER_HOST=unix://$work/engine/docker.sock
    # shellcheck disable=SC2016 # Its own arguments.
    unshare --net -- sh -c 'ip link set lo up && exec dockerd -H "$1" --data-root "$2/data" --exec-root "$2/exec" --pidfile "$2/pid"' \
        sh "$DOCKER_HOST" "$work/engine" >"$work/engine/log" 2>&1 &
    engine_pid=$! dockerd_started=1
    local tries
    for ((tries = 0; tries < 60; tries++)); do
        ! docker info >/dev/null 2>&1 || return 0
        kill -0 "$engine_pid" 2>/dev/null || break
        sleep 0.5
    done
    tail -5 "$work/engine/log" >&2
    fail "the engine of this check's own does not start"
}

# ---- Images ----

debian_root() {
    local root=$work/debian kept=${PULSEBOARD_VERIFY_CACHE:+$PULSEBOARD_VERIFY_CACHE/debian.tar}
    if [[ -n $kept && -f $kept ]]; then
        docker import - "$base_image" <"$kept" >/dev/null
        return
    fi

    if ((EUID != 0)) || ! command -v debootstrap >/dev/null; then
        fail "no registry is reachable, and stand-ins need root and debootstrap"
    fi
    debootstrap --variant=minbase bookworm "$root" >"$work/debootstrap.log" 2>&1 ||
        fail "debootstrap: $(tail -3 "$work/debootstrap.log")"
    # Packages start nothing, and make no database of their own.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod 755 "$root/usr/sbin/policy-rc.d"
    mkdir -p "$root/etc/postgresql-common"
    echo 'create_main_cluster = false' >"$root/etc/postgresql-common/createcluster.conf"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    DEBIAN_FRONTEND=noninteractive LC_ALL=C chroot "$root" apt-get install -y -qq --no-install-recommends \
        -o Dpkg::Options::=--force-unsafe-io -o Dpkg::Options::=--force-confold \
        ca-certificates libicu72 postgresql-15 redis-server rabbitmq-server caddy >"$work/packages.log" 2>&1 ||
        fail "apt-get: $(tail -3 "$work/packages.log")"
    rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
    tar -C "$root" -c . >"$work/debian.tar"
    rm -rf --one-file-system "$root"
    docker import - "$base_image" <"$work/debian.tar" >/dev/null
    if [[ -n $kept ]]; then mkdir -p "${kept%/*}" && mv "$work/debian.tar" "$kept"; else rm "$work/debian.tar"; fi
}

# Builds quietly; the classic builder's advice to use another one is of no use here.
build() { DOCKER_BUILDKIT=0 docker build "$@" >"$work/build.log" 2>&1 || fail "docker build: $(tail -20 "$work/build.log")"; }

stand_in() {
    local image=$1 folder=$tree/deploy/verify/stand-ins name=${1%:*} dotnet packages
    name=${name##*/}
    docker image inspect "$base_image" >/dev/null 2>&1 || debian_root
    case $image in
        */dotnet/sdk:* | */dotnet/aspnet:*)
            command -v dotnet >/dev/null || fail "no registry is reachable, and there is no .NET SDK to stand in for $image"
            dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
            packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
            # The browser driver of the tests is most of the packages, and no service has it.
            tar -c --exclude=microsoft.playwright --transform "s,^${dotnet#/},dotnet,;s,^${packages#/},packages," \
                -C / "${dotnet#/}" "${packages#/}" -C "$folder" dotnet.Dockerfile |
                build -f dotnet.Dockerfile --target "$name" -t "$image" -
            ;;
        */aspire-dashboard:*)
            build_tools
            docker tag "$tools_image" "$image"
            ;;
        *) build --target "$name" -t "$image" "$folder" ;;
    esac
    standing_in+=("$image")
}

build_tools() { docker image inspect "$tools_image" >/dev/null 2>&1 || build -t "$tools_image" "$tree/deploy/verify/tools"; }

provide_images() {
    local image images=()
    # Those of .NET first: the collector is built with them.
    mapfile -t images < <({
        sed -n 's/^FROM \(mcr[^ ]*\).*/\1/p' "$tree/deploy/Dockerfile"
        sed -n 's/^    image: "\([^$"]*\)"/\1/p' "$tree/deploy/docker-compose.yaml"
    } | awk '!seen[$0]++')
    for image in "${images[@]}"; do
        if docker image inspect "$image" >/dev/null 2>&1; then
            say "here already: $image"
        elif [[ -z $dockerd_started ]] && docker pull -q "$image" >/dev/null 2>&1; then
            say "pulled:       $image"
        else
            stand_in "$image"
            say "stand-in for: $image"
        fi
    done
    build_tools
}

# ---- Looking at the deployment ----

in_deploy() { (cd "$tree/deploy" && "$@"); }
containers() { docker ps -aq --filter "label=com.docker.compose.project=$project" "${@/#/--filter=label=com.docker.compose.service=}"; }
setting() { sed -n "s/^$1=//p" "$tree/deploy/.env"; }
sql() {
    # shellcheck disable=SC2016 # The container has the password.
    in_deploy compose exec -T postgres sh -c 'PGPASSWORD=$POSTGRES_PASSWORD psql -U postgres -d pulseboard -qAtX -v ON_ERROR_STOP=1'
}
web() { at_engine curl -sS --max-time 20 "$@"; }
status() { web -o /dev/null -w '%{http_code}' "$@"; }

# Everything that should run is healthy, and the migrator has ended well.
is_healthy() {
    local states
    states=$(containers | xargs -r docker inspect -f \
        '{{index .Config.Labels "com.docker.compose.service"}} {{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.ExitCode}}{{end}}')
    echo "$states" >"$work/unhealthy"
    [[ $(grep -c . <<<"$states") -ge 10 ]] && ! grep -Ev '^migrator exited 0$|^[a-z]+ running healthy$|^(aspire-dashboard|caddy) running 0$' <<<"$states" >"$work/unhealthy"
}
wait_healthy() {
    local end=$((SECONDS + 180))
    until is_healthy; do
        ((SECONDS < end)) || fail "not healthy within 180 s: $(tr '\n' ';' <"$work/unhealthy")"
        sleep 0.5
    done
}

# ---- Load ----

start_load() {
    docker run -d --name "$project-client" --network host "$tools_image" \
        post http://127.0.0.1:3000/api/activity "$(setting INGESTION_KEY)" 600 /tmp/ids >/dev/null
    local end=$((SECONDS + 30))
    # Restarting before the first event was posted would prove nothing.
    until [[ $(sql <<<"SELECT count(*) > ${events:-0} FROM events") == t ]]; do
        ((SECONDS < end)) || fail "no event arrives: $(docker logs "$project-client" 2>&1 | tail -3)"
        sleep 0.2
    done
}

# Ends the load, and accounts for every event: each acknowledged id is stored, nothing is left to count, and the sum of the rollups
# is the number of events. That each is stored once, the primary key of the table says.
finish_load() {
    docker stop -t 120 "$project-client" >/dev/null
    docker cp "$project-client:/tmp/ids" "$work/ids" 2>/dev/null || fail "the client ended early: $(docker logs "$project-client" 2>&1 | tail -3)"
    local figures code
    figures=$(docker logs "$project-client" 2>&1 | tail -1)
    code=$(docker inspect -f '{{.State.ExitCode}}' "$project-client")
    docker rm "$project-client" >/dev/null
    say "   $figures"
    [[ $code == 0 ]] || fail "the client gave up on events"
    cat "$work/ids" >>"$work/acknowledged"
    account
}
account() {
    local end=$((SECONDS + 120)) acknowledged distinct lost pending counted
    until [[ $(sql <<<'SELECT count(*) FROM event_batches') == 0 ]]; do
        ((SECONDS < end)) || fail "batches are still to be counted after 120 s"
        sleep 0.5
    done
    acknowledged=$(grep -c . "$work/acknowledged")
    distinct=$(sort -u "$work/acknowledged" | wc -l)
    IFS='|' read -r lost pending events counted < <({
        echo 'CREATE TEMP TABLE acknowledged (id uuid); COPY acknowledged FROM stdin;'
        cat "$work/acknowledged"
        echo '\.'
        echo 'SELECT (SELECT count(*) FROM acknowledged WHERE id NOT IN (SELECT event_id FROM events)),
                     (SELECT count(*) FROM event_batches), (SELECT count(*) FROM events), (SELECT sum(event_count) FROM daily_user_metrics);'
    } | sql)
    say "   so far: acknowledged=$acknowledged lost=$lost duplicate_ids=$((acknowledged - distinct)) pending=$pending events=$events counted=$counted"
    [[ $lost == 0 && $pending == 0 && $events == "$counted" && $acknowledged == "$distinct" && $events -ge $acknowledged ]] ||
        fail "events and numbers do not agree"
}

# ---- The steps ----

restart_under_load() {
    local name=$1
    shift
    step "Restart of $name under load"
    start_load
    local since=$SECONDS
    in_deploy compose restart "$@" >"$work/compose.log" 2>&1 || fail "restart: $(tail -5 "$work/compose.log")"
    wait_healthy
    say "   restarted and healthy after $((SECONDS - since)) s"
    finish_load
}

numbers() {
    sql <<<"SELECT (SELECT count(*) FROM events),
                   (SELECT md5(string_agg(metrics::text, ',' ORDER BY user_id, metric_date)) FROM daily_user_metrics metrics)"
}
summary() { web -H "Authorization: Bearer $(setting READ_KEY)" http://127.0.0.1:3000/api/metrics/summary; }

say "PulseBoard's deployment, checked on $(date -u +%F) at $(uname -sr), $(nproc) cores"
step "The engine"
if docker info >/dev/null 2>&1; then
    for port in 3000 18888 80 443; do
        ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || fail "port $port is taken"
    done
else
    start_engine
fi
engine_ready=1
say "engine $(docker version -f '{{.Server.Version}}')${dockerd_started:+ (one of our own)}, compose $(compose version --short)"

step "Images"
# What git would commit, so that neither build output nor secrets come along.
tree=$work/tree
mkdir "$tree"
(cd "$source_root" && git ls-files -z --cached --others --exclude-standard | xargs -0 ls -d 2>/dev/null | tar -c -T -) | tar -x -C "$tree"
provide_images

step "Without secrets it refuses to start"
export COMPOSE_PROJECT_NAME=$project COMPOSE_PROFILES=
for service in "${services[@]}"; do export "${service^^}_IMAGE=pulseboard-verify/$service:$$"; done
! in_deploy compose up -d >"$work/compose.log" 2>&1 || fail "it started without deploy/.env"
grep -q 'generate-env.sh' "$work/compose.log" || fail "the refusal does not name generate-env.sh: $(cat "$work/compose.log")"
say "refused: $(grep -o 'run deploy/generate-env.sh' "$work/compose.log" | head -1)"
[[ -z $(containers) ]] || fail "containers were made all the same"

step "docker compose up -d --build, the manifest as it is published"
"$tree/deploy/generate-env.sh"
[[ $(stat -c %a "$tree/deploy/.env") == 600 ]] || fail "deploy/.env can be read by others"
since=$SECONDS
in_deploy compose up -d --build >"$work/compose.log" 2>&1 || fail "up: $(tail -20 "$work/compose.log")"
wait_healthy
cmp -s "$source_root/deploy/docker-compose.yaml" "$tree/deploy/docker-compose.yaml" || fail "the manifest was changed"
say "built, started and healthy after $((SECONDS - since)) s: $(containers | wc -l) containers"

step "No root, no writable image, limits, and no port but the page's"
for service in "${services[@]}"; do
    for id in $(containers "$service"); do
        facts=$(docker inspect -f 'user={{.Config.User}} read_only={{.HostConfig.ReadonlyRootfs}} cap_drop={{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}}' "$id")
        [[ $facts == 'user=1654 read_only=true cap_drop=[ALL] [no-new-privileges:true]' ]] || fail "$service: $facts"
        if [[ $service != migrator ]]; then
            [[ $(docker exec "$id" id -u) == 1654 ]] || fail "$service runs as root"
            ! docker exec "$id" touch /app/written 2>/dev/null || fail "$service can write its image"
        fi
    done
done
for id in $(containers); do
    facts=$(docker inspect -f '{{.HostConfig.Memory}} {{.HostConfig.LogConfig.Type}} {{index .HostConfig.LogConfig.Config "max-size"}}' "$id")
    [[ $facts =~ ^[1-9][0-9]*\ json-file\ [0-9]+m$ ]] || fail "$(docker inspect -f '{{.Name}}' "$id") has no limits: $facts"
done
# shellcheck disable=SC2016 # Variables of the template.
ports=$(containers | xargs docker inspect -f '{{range $p, $b := .HostConfig.PortBindings}}{{range $b}}{{.HostIp}}:{{.HostPort}} {{end}}{{end}}' | xargs -n1 | sort -u | xargs)
[[ $ports == '127.0.0.1:18888 :3000' || $ports == ':3000 127.0.0.1:18888' ]] || fail "published ports: $ports"
say "services run as 1654, read-only, without capabilities; every container has a memory limit and rotated logs; published: $ports"
[[ $(containers analytics | wc -l) == 2 ]] || fail "there are not two workers"

step "The door"
event='{"user":"first@example.com","type":"task_created","event_id":"01890000-0000-7000-8000-000000000001"}'
post() { status -X POST http://127.0.0.1:3000/api/activity -H 'content-type: application/json' -d "$event" "$@"; }
wrong=$(printf '%064d' 0)
[[ $(post) == 401 ]] || fail "an event without a key was not refused with 401"
[[ $(post -H "Authorization: Bearer $wrong") == 401 ]] || fail "an event with a wrong key was not refused with 401"
[[ $(post -H "Authorization: Bearer $(setting INGESTION_KEY)") == 202 ]] || fail "an event with the key was not taken"
echo 01890000-0000-7000-8000-000000000001 >>"$work/acknowledged"
[[ $(status http://127.0.0.1:3000/api/metrics/summary) == 401 ]] || fail "the numbers can be read without a key"
[[ $(status -H 'Accept: text/html' http://127.0.0.1:3000/) == 302 ]] || fail "the page does not ask for a sign-in"
sign_in() {
    rm -f "$work/cookies"
    local form token
    form=$(web -c "$work/cookies" http://127.0.0.1:3000/sign-in)
    token=$(grep -o 'name="__RequestVerificationToken" value="[^"]*"' <<<"$form" | sed 's/.*value="//; s/"$//' | head -1)
    status -b "$work/cookies" -c "$work/cookies" --data-urlencode "__RequestVerificationToken=$token" -d _handler=sign-in \
        --data-urlencode "Password=$1" http://127.0.0.1:3000/sign-in
}
[[ $(sign_in "$wrong") == 401 ]] || fail "a wrong password was not refused"
[[ $(sign_in "$(setting SIGN_IN_PASSWORD)") == 302 ]] || fail "the generated password does not open the page"
say "401 without and with a wrong key, 202 with the key; 401 with a wrong password; signed in with the generated one"

step "The event is counted, and on the page"
account
[[ $(summary) == *'"user_id":"first@example.com","total_events":1'* ]] || fail "the summary: $(summary | cut -c1-300)"
page=$(web -b "$work/cookies" -H 'Accept: text/html' http://127.0.0.1:3000/)
[[ $page == *first@example.com* ]] || fail "the page does not show the person"
say "summary: $(summary)"
say "the page that the signed-in browser gets names first@example.com"

for part in rabbitmq redis postgres activity analytics dashboard web; do restart_under_load "$part" "$part"; done
restart_under_load "everything at once"

step "The session outlives Web's container"
[[ $(status -b "$work/cookies" -H 'Accept: text/html' http://127.0.0.1:3000/) == 200 ]] || fail "the session is gone after restarts"
say "signed in as before"

step "An update while posting"
start_load
of_services() { for service in "${services[@]}"; do containers "$service"; done | sort; }
before=$(of_services)
stamp=$(date -u +%s)
echo "[assembly: System.Reflection.AssemblyMetadata(\"BuildStamp\", \"$stamp\")]" >"$tree/PulseBoard.Contracts/BuildStamp.cs"
since=$SECONDS
in_deploy compose up -d --build >"$work/compose.log" 2>&1 || fail "up: $(tail -20 "$work/compose.log")"
wait_healthy
[[ -z $(comm -12 <(printf '%s\n' "$before") <(of_services)) ]] || fail "a service still runs its old image"
for id in $(containers activity); do
    docker exec "$id" grep -q "$stamp" /app/PulseBoard.Contracts.dll || fail "the new build does not run"
done
say "   rebuilt, replaced and healthy after $((SECONDS - since)) s"
finish_load
[[ $(status -b "$work/cookies" -H 'Accept: text/html' http://127.0.0.1:3000/) == 200 ]] || fail "the session is gone after the update"

step "Memory of each container, after the load"
docker ps -q --filter "label=com.docker.compose.project=$project" |
    xargs docker stats --no-stream --format '   {{.Name}} {{.MemUsage}}' | sed "s/${project}[-_]//" | sort

step "A backup, restored into an empty machine"
(cd "$work" && "$tree/deploy/backup.sh" "$work/backup.dump")
before=$(summary)
numbers=$(numbers)
! "$tree/deploy/restore.sh" "$work/backup.dump" >"$work/compose.log" 2>&1 || fail "a restore replaced events without being told to"
in_deploy compose down -v >"$work/compose.log" 2>&1 || fail "down: $(tail -5 "$work/compose.log")"
[[ -z $(docker volume ls -q --filter "label=com.docker.compose.project=$project") ]] || fail "volumes are left"
since=$SECONDS
"$tree/deploy/restore.sh" "$work/backup.dump" >"$work/compose.log" 2>&1 || fail "restore: $(tail -20 "$work/compose.log")"
wait_healthy
account
[[ $(numbers) == "$numbers" ]] || fail "the restored numbers differ"
[[ $(summary) == "$before" ]] || fail "the summary differs: $(summary | cut -c1-300)"
say "   restored and healthy after $((SECONDS - since)) s; the same events, rollups and summary: $(cut -d'|' -f1 <<<"$numbers") events"
start_load
finish_load

step "HTTPS through Caddy (profile tls)"
export COMPOSE_PROFILES=tls
in_deploy compose up -d >"$work/compose.log" 2>&1 || fail "up: $(tail -5 "$work/compose.log")"
end=$((SECONDS + 60))
until [[ $(status -k https://localhost/alive 2>/dev/null) == 200 ]]; do
    ((SECONDS < end)) || fail "no answer over HTTPS"
    sleep 1
done
[[ $(status -k -X POST https://localhost/api/activity -H 'content-type: application/json' -H "Authorization: Bearer $(setting INGESTION_KEY)" -d "$event") == 202 ]] ||
    fail "an event over HTTPS was not taken"
say "the page is alive and takes events over HTTPS, with Caddy's internal certificate for localhost"

if [[ " ${standing_in[*]} " == *aspire-dashboard* ]]; then
    step "Telemetry arrives (at a collector that stands in for Aspire's dashboard)"
    # Metrics are exported once a minute.
    end=$((SECONDS + 90))
    until exports=$(web http://127.0.0.1:18888/) && [[ $(grep -cE '^(activity|analytics|dashboard|web) (trace|metrics) ' <<<"$exports") == 8 ]]; do
        ((SECONDS < end)) || fail "not every service exports traces and metrics: $(xargs <<<"$exports")"
        sleep 1
    done
    say "exports by service and signal: $(paste -sd, <<<"$exports")"
fi

step "What really ran"
say "   $(in_deploy compose exec -T postgres postgres --version), redis $(in_deploy compose exec -T redis redis-server --version | grep -o 'v=[^ ]*')" \
    "   rabbitmq $(in_deploy compose exec -T rabbitmq rabbitmqctl version), caddy $(in_deploy compose exec -T caddy caddy version)"
say "   $(in_deploy compose exec -T web dotnet --list-runtimes | grep AspNetCore | cut -d' ' -f1,2)"
say "   stand-ins for images that could not be pulled: ${standing_in[*]:-none}"

say "" "PASSED in $SECONDS s."
