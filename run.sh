#!/usr/bin/env bash
# Runs PulseBoard: installs what is missing, builds, starts everything. Arguments go to the AppHost.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The build's helpers would stay for minutes after it otherwise.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_USE_MSBUILD_SERVER=0

[[ ! -f standalone/install.sh ]] || bash standalone/install.sh
exec dotnet run --project PulseBoard.AppHost -c Release -- "$@"
