#!/bin/sh
# Goes back to the version of Eight Bells that was in use before. Run again, it goes forward again.
#
#   sh way-back.sh [--store DIR]...       from the folder it was installed into
#
#   --store DIR   a store the newer version has opened: it is put aside, whole, and the backup that
#                 was made just before takes its place. What was recorded since is in the one put
#                 aside, and nowhere else. Without it the earlier version refuses such a store.
set -eu
umask 077

say() { printf '%s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
into=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
now=$(readlink "$into/current" || :) earlier=$(readlink "$into/previous" || :)

# The newest backup that was made for the version in use, in $backup; nothing when there is none.
find_backup() {
    backup=''
    for folder in "$1"/backups/*-before-upgrade*; do
        [ -z "$(find "$folder" -prune -newer "$into/$now/installed" 2> /dev/null)" ] || backup=$folder
    done
}

case ${1:-} in ''|--store) ;; *) sed -n '4,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;; esac
[ -n "$earlier" ] || fail "no earlier version was in use in $into. Nothing was changed."
"$into/$earlier/bin/eightbells" --version > /dev/null 2>&1 ||
    fail "the earlier version, $earlier, does not start. Nothing was changed."

while [ "${1:-}" = --store ] && [ $# -ge 2 ]; do
    store=${2%/}
    shift 2
    [ -e "$store/ledger.db" ] || fail "there is no store in $store. Nothing was changed."
    find_backup "$store"
    if [ -z "$backup" ]; then
        say "The version in use did not change the form of the store in $store: it stays as it is."
        continue
    fi
    if "$into/$earlier/bin/eightbells" audit checkpoint --home "$store" > /dev/null 2>&1; then
        say "The version before can read the store in $store: it stays as it is."
        continue
    fi
    (cd "$backup" && sha256sum -c SHA256SUMS > /dev/null 2>&1) ||
        fail "$backup is not what it was when it was made. The store in $store was not touched."
    rm -rf "$store.back"
    cp -Rp "$backup" "$store.back"
    rm "$store.back/SHA256SUMS" "$store.back/backup.json"
    aside=$store.newer-$(date -u +%Y%m%dT%H%M%SZ)
    sync
    mv "$store" "$aside"
    mv "$store.back" "$store"
    say "The store in $store is again as it was before the upgrade; the newer one is $aside"
done
[ $# -eq 0 ] || fail "$* was not understood. The version in use is the same as before."

point() { "$into/$earlier/bin/python" -c \
    'import os, sys; os.symlink(sys.argv[1], sys.argv[2] + ".new"); os.replace(sys.argv[2] + ".new", sys.argv[2])' \
    "$1" "$2"; }
point "$earlier" "$into/current"
point "$now" "$into/previous"
say "In use: ${earlier#versions/}. Before: ${now#versions/}."
if [ ! -d /run/systemd/system ]; then
    :
elif [ "$(id -u)" -eq 0 ]; then
    systemctl try-restart 'eightbells-worker@*.service'
else
    systemctl --user try-restart eightbells-worker.service
fi
say 'Close every console that is open, and start it again.'
