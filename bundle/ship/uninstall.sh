#!/bin/sh
# Removes Eight Bells from this machine: the program, its links and its units. Never a store.
#
#   sh uninstall.sh [--units DIR]         from the folder it was installed into
set -eu

say() { printf '%s\n' "$*"; }
into=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
[ -e "$into/current/installed" ] || {
    say "error: Eight Bells is not installed in $into; nothing was removed." >&2; exit 1; }

if [ "$(id -u)" -eq 0 ]; then
    links=/usr/local/bin units=/etc/systemd/system control='systemctl'
    unit=eightbells-worker@.service instances='eightbells-worker@*.service'
else
    links=$HOME/.local/bin units=$HOME/.config/systemd/user control='systemctl --user'
    unit=eightbells-worker.service instances=$unit
fi
given=''
if [ "${1:-}" = --units ] && [ $# -eq 2 ]; then
    units=$2 given=yes
elif [ $# -gt 0 ]; then
    sed -n '4s/^# *//p' "$0" >&2; exit 2
fi

if grep -qs "^ExecStart=$into/bin/eightbells " "$units/$unit"; then
    if [ -z "$given" ] && [ -d /run/systemd/system ]; then
        $control disable --now "$instances" || :
        say 'The worker has let its running jobs end and was stopped.'
    fi
    rm -f "$units/$unit"
    [ -n "$given" ] || [ ! -d /run/systemd/system ] || $control daemon-reload
    say "The worker's unit is gone: $units/$unit"
fi
if [ "$(readlink "$links/eightbells" || :)" = "$into/bin/eightbells" ]; then
    rm -f "$links/eightbells"
    say "The link is gone: $links/eightbells"
fi
for name in versions bin current previous eightbells-worker.service eightbells-worker@.service \
    way-back.sh uninstall.sh; do
    rm -rf "${into:?}/$name"
done
rmdir "$into" 2> /dev/null || say "Something else is in $into and stays there."
say 'The program is gone. Stores are not touched: they are where EIGHTBELLS_HOME says, else in'
say '~/.local/share/eightbells of each account, or /var/lib/eightbells for the service.'
