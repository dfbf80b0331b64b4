#!/usr/bin/env bash
# Runs PulseBoard: installs what is missing, builds, starts everything. Arguments go to the AppHost.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
[[ ! -f standalone/install.sh ]] || bash standalone/install.sh
exec dotnet run --project PulseBoard.AppHost -c Release -- "$@"
