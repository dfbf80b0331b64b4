# shellcheck shell=bash
# Sourced: Docker Compose, whether it is a plugin of docker or a program of its own.
compose() {
    if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi
}
