#!/bin/sh
# Makes deploy/.env from deploy/.env.example, and generates its secrets. What deploy/.env already says stays: run again after an
# update, it only adds what is new. Needs nothing but coreutils. Prints no secret.
set -eu

folder=$(cd "$(dirname "$0")" && pwd)
example=$folder/.env.example
target=$folder/.env

generate() { head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }

# The value of a variable in a file, the last one where there are several, as Compose reads it; fails where the file has none.
value_of() (
    found=1 last=
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
            "$2="*) last=${line#*=} found=0 ;;
        esac
    done <"$1"
    printf '%s' "$last"
    exit $found
)

is_secret() {
    case $1 in
        *_PASSWORD | *_KEY | *_TOKEN) return 0 ;;
        *) return 1 ;;
    esac
}

# Written beside it and then renamed: an interrupted run leaves the old file as it was.
umask 077
new=$(mktemp "$folder/.env.XXXXXX")
trap 'rm -f "$new"' EXIT
[ ! -e "$target" ] || existed=1

kept=0 generated=0 copied=0
while IFS= read -r line || [ -n "$line" ]; do
    case $line in
        [A-Z]*=*)
            name=${line%%=*} value=${line#*=}
            if [ -n "${existed:-}" ] && present=$(value_of "$target" "$name") && [ -n "$present" ]; then
                value=$present kept=$((kept + 1))
            elif is_secret "$name"; then
                value=$(generate) generated=$((generated + 1))
            else
                copied=$((copied + 1))
            fi
            printf '%s=%s\n' "$name" "$value"
            ;;
        *) printf '%s\n' "$line" ;;
    esac
done <"$example" >"$new"

# Variables of your own stay as well.
if [ -n "${existed:-}" ]; then
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
            [A-Za-z_]*=*) value_of "$example" "${line%%=*}" >/dev/null || printf '%s\n' "$line" ;;
        esac
    done <"$target" >>"$new"
fi

mv "$new" "$target"
echo "$target: $generated secrets generated, $copied settings taken from .env.example, $kept kept."
echo "The password of the page is its SIGN_IN_PASSWORD, the key for posting events its INGESTION_KEY."
