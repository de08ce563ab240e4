#!/bin/sh
# Goes back to the version of Eight Bells that was in use before. Run again, it goes forward again.
#
#   sh way-back.sh                        from the folder it was installed into
set -eu

say() { printf '%s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
[ $# -eq 0 ] || { sed -n '4s/^# *//p' "$0" >&2; exit 2; }

into=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
now=$(readlink "$into/current" || :) earlier=$(readlink "$into/previous" || :)
[ -n "$earlier" ] || fail "no earlier version was in use in $into; nothing was changed."
"$into/$earlier/bin/eightbells" --version > /dev/null 2>&1 ||
    fail "the earlier version, $earlier, does not start; nothing was changed."

point() { "$into/$earlier/bin/python" -c \
    'import os, sys; os.symlink(sys.argv[1], sys.argv[2] + ".new"); os.replace(sys.argv[2] + ".new", sys.argv[2])' \
    "$1" "$2"; }
point "$earlier" "$into/current"
point "$now" "$into/previous"
say "In use: ${earlier#versions/}. Before: ${now#versions/}."
if [ -d /run/systemd/system ]; then
    [ "$(id -u)" -eq 0 ] && systemctl try-restart 'eightbells-worker@*.service' ||
        systemctl --user try-restart eightbells-worker.service || :
fi
say 'A store that the newer version has opened may be newer than this one can use: it says so then,'
say 'and docs/installation.md has the way back for a store.'
