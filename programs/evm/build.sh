#!/bin/sh
# Builds the EVM programs: Vyper sources with the `vyper` 0.4.3 that VYPER names or that is on PATH, assembly with
# assemble.py.
#
#   build.sh [NAME...]          build all programs, or those named (nested, token, ...), in place
#   build.sh --check [NAME...]  build elsewhere and compare with the files in the tree; 1 when they differ
#
# Without that compiler Vyper programs are skipped, with a line that says so.
set -eu
export LC_ALL=C
cd "$(dirname "$0")"

vyper=${VYPER:-vyper}
version=0.4.3

check=no
if [ "${1:-}" = --check ]; then
  check=yes
  shift
fi
for name in "$@"; do
  case "$name" in
    -*) sed -n '2,8s/^# \{0,1\}//p' build.sh >&2; exit 2 ;;
  esac
  [ -d "$name" ] || { echo "build.sh: no program $name" >&2; exit 2; }
done
[ $# -gt 0 ] || set -- */

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
has_vyper=no
case "$("$vyper" --version 2> /dev/null)" in "$version"*) has_vyper=yes ;; esac

status=0
finish() { # FILE: puts the file just built into its place, or compares
  if [ "$check" = no ]; then
    cp "$work/built" "$1"
    echo "built $1"
  elif cmp -s "$work/built" "$1"; then
    echo "same $1"
  else
    echo "DIFFERS $1"
    status=1
  fi
}

for folder in "$@"; do
  folder=${folder%/}
  for source in "$folder"/*.easm; do
    [ -e "$source" ] || continue
    python3 assemble.py "$source" > "$work/built"
    finish "${source%.easm}.hex"
  done
  for source in "$folder"/*.vy; do
    [ -e "$source" ] || continue
    if [ "$has_vyper" = no ]; then
      echo "skipped ${source%.vy}.hex: no vyper $version"
      continue
    fi
    # The code that creates the contract, for any fork from Cancun on.
    "$vyper" --evm-version cancun --no-bytecode-metadata -f bytecode "$source" > "$work/built"
    finish "${source%.vy}.hex"
  done
done
exit $status
