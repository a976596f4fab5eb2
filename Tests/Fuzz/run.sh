#!/bin/sh
# Fuzzes one target: run.sh TARGET [RUNS] [libFuzzer option..], for example run.sh FuzzELF 1000000
#
# Starts from Corpus/<name>, <name> being the target in lower case without "Fuzz". What a run finds new goes to
# .build/corpus/<name>, inputs that crash go to FailCases/<name>.
set -eu

target=${1:?usage: run.sh TARGET [RUNS] [libFuzzer option..]}
runs=${2:-1000000}
shift "$(($# < 2 ? $# : 2))"

cd "$(dirname "$0")"
name=$(printf %s "${target#Fuzz}" | tr '[:upper:]' '[:lower:]')
found=.build/corpus/$name
crashes=FailCases/$name
mkdir -p "$found" "$crashes"

# Flags only here: a manifest with unsafe flags could not be a dependency. lld, because gold warns.
swift build -c release --product "$target" -Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld

# Swift's own crash reporter trips AddressSanitizer and hides the stack.
SWIFT_BACKTRACE=enable=no exec ".build/release/$target" "-runs=$runs" -timeout=1 -rss_limit_mb=512 \
  -print_final_stats=1 "-artifact_prefix=$crashes/" "$@" "$found" "Corpus/$name"
