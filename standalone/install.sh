#!/usr/bin/env bash
# Installs what PulseBoard needs from the machine and is not there, on Debian and Ubuntu. Asks nothing, and does nothing where
# all is there. Arguments: what to look for beside the servers; `chromium` is the only one.
set -euo pipefail

if ! dotnet --version 2>/dev/null | grep -q '^10\.'; then
    echo "The .NET 10 SDK is not installed: see https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 1
fi

# The rule of standalone.props: the servers run in containers where there is a container runtime.
is_standalone() {
    local chosen=${PulseBoardStandalone:-}
    # As MSBuild compares, whatever the case.
    case ${chosen,,} in
        true) return 0 ;;
        ?*) return 1 ;;
    esac
    local socket
    [[ $(uname -s) == Linux && -z ${DOCKER_HOST:-} ]] || return 1
    for socket in /var/run/docker.sock /run/podman/podman.sock "$HOME/.docker/run/docker.sock" \
        ${XDG_RUNTIME_DIR:+"$XDG_RUNTIME_DIR/docker.sock" "$XDG_RUNTIME_DIR/podman/podman.sock"}; do
        [[ ! -e $socket ]] || return 1
    done
}

has() { command -v "$1" >/dev/null || compgen -G "$2" >/dev/null; }

as_root() {
    if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# Packages must not start services of their own: the ports are ours, and the data would be too. A policy that says no to every
# start holds for the time of the installation; one that is there already comes back.
policy=/usr/sbin/policy-rc.d
forbid_services() {
    # One with our mark is what an interrupted installation left, and nobody's to come back.
    [[ ! -e $policy ]] || grep -q '^# pulseboard$' "$policy" || as_root mv "$policy" "$policy.pulseboard"
    trap allow_services EXIT
    printf '#!/bin/sh\n# pulseboard\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
}
allow_services() {
    as_root rm -f "$policy"
    [[ ! -e $policy.pulseboard ]] || as_root mv "$policy.pulseboard" "$policy"
}

missing=()
if is_standalone; then
    has initdb '/usr/lib/postgresql/*/bin/initdb' || missing+=(postgresql)
    has redis-server /nowhere || missing+=(redis-server)
    has rabbitmq-server '/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server' || missing+=(rabbitmq-server)
fi
for program in "$@"; do
    if [[ $program == chromium ]] && { has chromium-browser /nowhere || has google-chrome /nowhere; }; then
        continue
    fi
    # A browser without a font draws boxes.
    has "$program" /nowhere || missing+=("$program" fonts-dejavu-core)
done

if ((${#missing[@]} > 0)); then
    if ! command -v apt-get >/dev/null; then
        echo "Not installed: ${missing[*]}. Install them with this system's package manager." >&2
        exit 1
    fi
    if ((EUID != 0)) && ! command -v sudo >/dev/null; then
        echo "As root: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    echo "Installing ${missing[*]} with apt-get, without starting them as services."
    as_root apt-get update -qq
    # Ubuntu's package only brings a snap, which needs snapd running.
    if [[ " ${missing[*]} " == *" chromium "* ]] && apt-cache policy chromium chromium-browser | grep -q 'Candidate:.*snap'; then
        echo "Here apt-get has Chromium as a snap only: install Google Chrome's package (google-chrome-stable), then run this again." >&2
        exit 1
    fi
    forbid_services
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
