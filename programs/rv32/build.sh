#!/bin/sh
# Builds the guest programs with the clang, lld and swiftc of one Swift toolchain: the one of `swiftc` on PATH.
#
#   build.sh [NAME...]          build all guests, or those named (sha256, loops/alu, ...), in place
#   build.sh --check [NAME...]  build elsewhere and compare with the ELF files in the tree; 1 when they differ
#
# The same sources and toolchain give the same bytes in any folder.
set -eu
export LC_ALL=C
cd "$(dirname "$0")"

C_GUESTS="branches coremix keccak matmul memory quicksort reveal reveal-custom sha256 sieve
  loops/alu loops/loads loops/mem"
ASSEMBLY_GUESTS="fib"

check=no
if [ "${1:-}" = --check ]; then
  check=yes
  shift
fi
case "${1:-}" in
  -*) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
selected=" $* "

# `swiftc` itself may be a version manager's stand-in; the toolchain says where it really is.
resources=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
tools=$(cd "$resources/../../bin" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
output=.
if [ "$check" = yes ]; then
  output=$work/built
fi

architecture="--target=riscv32-unknown-none-elf -march=rv32im -mabi=ilp32"
c_flags="$architecture -std=c99 -O2 -Wall -Wextra -Werror -ffreestanding -ffunction-sections -fdata-sections
  -fno-stack-protector -I library"
link="$tools/ld.lld -m elf32lriscv --gc-sections -S --build-id=none"

wanted() { # NAME
  [ "$selected" = "  " ] && return 0
  case "$selected" in *" $1 "*) return 0 ;; esac
  return 1
}

built() { # NAME: prepares the guest's folder, prints its ELF path
  mkdir -p "$output/$1"
  echo "$output/$1/$(basename "$1").elf"
}

# The runtime: one object per file, of which every guest keeps what it uses.
"$tools/clang" $architecture -c library/start.S -o "$work/start.o"
runtime=$work/start.o
for source in library/runtime/*.c; do
  object=$work/runtime-$(basename "$source" .c).o
  "$tools/clang" $c_flags -c "$source" -o "$object"
  runtime="$runtime $object"
done

finished=""
for guest in $C_GUESTS; do
  wanted "$guest" || continue
  "$tools/clang" $c_flags -c "$guest/$(basename "$guest").c" -o "$work/guest.o"
  $link -T library/link.ld $runtime "$work/guest.o" -o "$(built "$guest")"
  finished="$finished $guest"
done

for guest in $ASSEMBLY_GUESTS; do
  wanted "$guest" || continue
  "$tools/clang" $architecture -c "$guest/$(basename "$guest").S" -o "$work/guest.o"
  $link -T library/link.ld $runtime "$work/guest.o" -o "$(built "$guest")"
  finished="$finished $guest"
done

status=0
for guest in $finished; do
  file=$guest/$(basename "$guest").elf
  if [ "$check" = no ]; then
    echo "built $file"
  elif cmp -s "$file" "$output/$file"; then
    echo "same $file"
  else
    echo "DIFFERS $file"
    status=1
  fi
done
exit $status
