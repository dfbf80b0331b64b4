#!/usr/bin/env bash
# Tests PulseBoard on this machine's own servers and browser. Arguments go to `dotnet test`. The last line counts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The build's helpers would stay for minutes after it otherwise.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_USE_MSBUILD_SERVER=0

[[ ! -f standalone/install.sh ]] || bash standalone/install.sh chromium

limit=30m
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# --foreground: Ctrl-C reaches the tests, which then stop what they started.
code=0
timeout --foreground --kill-after=30s "$limit" \
    dotnet test PulseBoard.sln -c Release --logger trx --results-directory "$results" "$@" || code=$?

# Each result file has <Counters total="12" executed="12" passed="12" failed="0" error="0" timeout="0" aborted="0" …/>.
sum() {
    { grep -ho '<Counters [^>]*>' "$results"/*.trx 2>/dev/null || true; } | { grep -o " $1=\"[0-9]*\"" || true; } |
        tr -dc '0-9\n' | awk '{ total += $1 } END { print total + 0 }'
}
total=$(sum total) executed=$(sum executed) passed=$(sum passed)
failed=$((executed - passed))
if ((code == 124)); then
    echo "Stopped: the tests took longer than $limit." >&2
elif ((passed + failed == 0)); then
    echo "No test ran." >&2
    code=1
elif ((failed > 0 && code == 0)); then
    code=1
fi
echo "tests: $passed passed, $failed failed, $((total - executed)) skipped"
exit "$code"
