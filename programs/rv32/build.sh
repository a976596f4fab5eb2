#!/bin/sh
# Builds the guest programs with clang, lld and swiftc of one Swift toolchain: that of the `swiftc` on PATH.
#
#   build.sh [NAME...]          build all guests, or those named (sha256, loops/alu, ...), in place
#   build.sh --check [NAME...]  build elsewhere and compare with the ELF files in the tree; 1 when they differ
#
# The same sources and toolchain give the same bytes in any folder. hello-c wants a C library: it needs
# riscv64-unknown-elf-gcc with picolibc and is skipped, with a line that says so, where they are missing.
set -eu
export LC_ALL=C
cd "$(dirname "$0")"

c_guests="branches coremix keccak matmul memory quicksort reveal reveal-custom sha256 sieve
  loops/alu loops/loads loops/mem contracts"
assembly_guests="fib"
swift_guests="hello reveal-swift textstats"
picolibc_guests="hello-c"
# Guests that use extensions, in C and in Swift. Each is built a second time with software in place of the extensions'
# instructions, as NAME-software.elf.
extension_guests="bits bulkmemory digest provable vectors"
swift_extension_guests="extensions-swift"
machine_guests="arithmetic failing fence-i misaligned privilege"

check=no
if [ "${1:-}" = --check ]; then
  check=yes
  shift
fi
for name in "$@"; do
  case "$name" in
    -*) sed -n '2,8s/^# \{0,1\}//p' build.sh >&2; exit 2 ;;
  esac
  [ -d "$name" ] || { echo "build.sh: no guest $name" >&2; exit 2; }
done
selected=" $* "

# `swiftc` itself may be a version manager's stand-in; the toolchain says where it really is.
resources=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
tools=$(cd "$resources/../../bin" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
output=.
[ "$check" = no ] || output=$work/built

architecture="--target=riscv32-unknown-none-elf -march=rv32im -mabi=ilp32"
c_flags="-std=c99 -O2 -Wall -Wextra -Werror -ffreestanding -ffunction-sections -fdata-sections
  -fno-stack-protector -I library"
# Two flags against the stack protector: one for C that is imported, one for Swift.
swift_flags="-target riscv32-none-none-eabi -enable-experimental-feature Embedded -swift-version 6
  -wmo -parse-as-library -O -warnings-as-errors -Xcc -march=rv32im -Xcc -mabi=ilp32 -Xcc -ffreestanding
  -Xcc -fno-stack-protector -Xfrontend -disable-stack-protector -Xfrontend -function-sections
  -module-name Guest -module-cache-path $work/modules -I library"

compile_c() { "$tools/clang" $architecture $c_flags -c "$1" -o "$2"; }
assemble() { "$tools/clang" $architecture -c "$1" -o "$2"; }
compile_c_software() { "$tools/clang" $architecture $c_flags -DWEFT_WITHOUT_EXTENSIONS -c "$1" -o "$2"; }
swift_library="library/WeftGuest.swift library/WeftGuestExtensions.swift"
compile_swift() { "$tools/swiftc" $swift_flags -c "$1" $swift_library -o "$2"; }
compile_swift_software() {
  "$tools/swiftc" $swift_flags -Xcc -DWEFT_WITHOUT_EXTENSIONS -c "$1" $swift_library -o "$2"
}

# Every guest takes from the runtime what it uses.
assemble library/start.S "$work/start.o"
for source in library/runtime/*.c; do
  compile_c "$source" "$work/$(basename "$source" .c).runtime.o"
done
"$tools/llvm-ar" rcsD "$work/runtime.a" "$work"/*.runtime.o

link() { # OBJECT ELF
  "$tools/ld.lld" -m elf32lriscv --gc-sections -S --build-id=none -T library/link.ld \
    "$work/start.o" "$1" "$work/runtime.a" -o "$2"
}

status=0
finish() { # NAME [SUFFIX]: reports on the guest just built
  elf=$1/$(basename "$1")${2:-}.elf
  if [ "$check" = no ]; then
    echo "built $elf"
  elif cmp -s "$elf" "$output/$elf"; then
    echo "same $elf"
  else
    echo "DIFFERS $elf"
    status=1
  fi
}

# Runs COMPILE for each wanted guest NAME with source NAME/NAME.EXTENSION, and links NAME/NAME${SUFFIX}.elf.
suffix=
build() { # COMPILE EXTENSION NAME...
  compile=$1
  extension=$2
  shift 2
  for guest in "$@"; do
    wanted "$guest" || continue
    stem=$guest/$(basename "$guest")
    mkdir -p "$output/$guest"
    "$compile" "$stem.$extension" "$work/guest.o"
    link "$work/guest.o" "$output/$stem$suffix.elf"
    finish "$guest" "$suffix"
  done
}

wanted() { # NAME
  [ "$selected" = "  " ] && return 0
  case "$selected" in *" $1 "*) return 0 ;; esac
  return 1
}

build compile_c c $c_guests
build assemble S $assembly_guests
build compile_swift swift $swift_guests
build compile_c c $extension_guests
build compile_swift swift $swift_extension_guests
suffix=-software
build compile_c_software c $extension_guests
build compile_swift_software swift $swift_extension_guests

for guest in $picolibc_guests; do
  wanted "$guest" || continue
  stem=$guest/$(basename "$guest")
  if ! riscv64-unknown-elf-gcc --specs=picolibc.specs -dumpversion >/dev/null 2>&1; then
    echo "skipped $stem.elf: no riscv64-unknown-elf-gcc with picolibc"
    continue
  fi
  mkdir -p "$output/$guest"
  # In two steps: names of temporary files would end up among the symbols.
  gcc="riscv64-unknown-elf-gcc -march=rv32im -mabi=ilp32 --specs=picolibc.specs -O2 -Wall -Wextra -Werror"
  $gcc -I library -c "$stem.c" -o "$work/guest.o"
  $gcc -nostartfiles -T library/link.ld -Wl,--strip-debug,--build-id=none \
    "$work/start.o" "$work/guest.o" -o "$output/$stem.elf"
  finish "$guest"
done

# Programs for the machine environment: nothing of the library, a link script of their own.
for guest in $machine_guests; do
  wanted "machine/$guest" || continue
  stem=machine/$guest/$guest
  script=rwx
  [ "$guest" != privilege ] || script=no-flags
  mkdir -p "$output/machine/$guest"
  "$tools/clang" $architecture -march=rv32im_zicsr_zifencei -I machine -c "$stem.S" -o "$work/guest.o"
  "$tools/ld.lld" -m elf32lriscv -S --build-id=none -L machine -T "machine/$script.ld" \
    "$work/guest.o" -o "$output/$stem.elf"
  finish "machine/$guest"
done

exit $status
