#!/bin/sh
# Compares Weft's threaded engine with the C tail-call interpreter of tailcall.c on the same guests: equal output,
# equal instruction counts, median speeds over interleaved rounds, and the ratio weft / C.
#
#   compare.sh [--rounds N] [--weft PATH]… [GUEST…]
#
# Without --weft: the release build of this package. Needs clang with musttail (that of the Swift toolchain) and
# python3. Two C builds are measured: with frame pointers, as SwiftPM's release builds have them, and without.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The toolchain's clang lies beside the real swiftc, which PATH may reach through a link.
clang=${CLANG:-$(dirname "$(readlink -f "$(command -v swiftc)")")/clang}
[ -x "$clang" ] || clang=clang

# The same fused pairs as Weft has.
sed -n 's/^ *(\.\([a-z]*\), \.\([a-z]*\), weft_rv32_fused.*/PAIR(\1, \2)/p' \
  "$root/Sources/WeftRV32/Engine/Handlers/FusedPairs.swift" > "$work/fused_pairs.inc"
pairs=$(wc -l < "$work/fused_pairs.inc")
[ "$pairs" -gt 50 ] || { echo "compare.sh: only $pairs fused pairs found in FusedPairs.swift" >&2; exit 1; }

for form in -fno-omit-frame-pointer -fomit-frame-pointer; do
  "$clang" -std=gnu17 -O3 "$form" -Wall -Wextra -I "$work" -o "$work/tailcall$form" "$here/tailcall.c"
done

python3 "$here/compare.py" --programs "$root/programs/rv32" --default-weft "$root/.build/release/weft" \
  --c "frames=$work/tailcall-fno-omit-frame-pointer" --c "plain=$work/tailcall-fomit-frame-pointer" "$@"
