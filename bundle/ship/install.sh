#!/bin/sh
# Installs Eight Bells from this folder. Needs Python and no network; says each step as it is done.
#
#   sh install.sh [--into DIR] [--python PROGRAM] [--with EXTRA]... [--worker ACCOUNT] [--units DIR]
#
#   --into DIR        where the program goes; else /opt/eightbells for root, and
#                     ~/.local/lib/eightbells for anybody else, each with a link on the PATH
#   --python PROGRAM  the Python to use; else the newest one this bundle has wheels for
#   --with EXTRA      what else to install: serve (the console in a browser of this machine),
#                     pades (the ship's certificate on a PDF), where the bundle has it
#   --worker ACCOUNT  also set up the worker of this account's store as a service
#   --units DIR       where the service's unit goes, without starting anything
#
# Run again it changes nothing that is whole. An earlier version stays for `way-back.sh`.
set -eu
umask 022
unset PYTHONPATH PYTHONHOME

say() { printf '%s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
usage() { sed -n '4,15s/^# \{0,1\}//p' "$here/install.sh"; }

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
into='' python='' extras='' account='' units=''
while [ $# -gt 0 ]; do
    case $1 in
        -h|--help) usage; exit 0 ;;
        --into|--python|--with|--worker|--units)
            [ $# -ge 2 ] || { usage >&2; exit 2; } ;;
        *) usage >&2; exit 2 ;;
    esac
    case $1 in
        --into) into=$2 ;;
        --python) python=$2 ;;
        --with) extras="$extras $2" ;;
        --worker) account=$2 ;;
        --units) units=$2 ;;
    esac
    shift 2
done

[ -z "$account" ] || [ "$(id -u)" -eq 0 ] || [ "$account" = "$(id -un)" ] ||
    fail "only root can set up the worker of another account, $account. Nothing was installed."

# 1. Is this the folder that was made ashore?
cd "$here"
if ! sha256sum -c SHA256SUMS > /dev/null 2>&1; then
    sha256sum -c SHA256SUMS 2> /dev/null | grep -v ': OK$' >&2 || :
    fail 'this folder is not what was made ashore; copy it again. Nothing was installed.'
fi
for file in *.sh wheels/*; do
    grep -q "^[0-9a-f]\{64\}  $file\$" SHA256SUMS ||
        fail "$file was not in this folder ashore. Nothing was installed."
done
. ./bundle.env
sums=$(sha256sum < SHA256SUMS | cut -d ' ' -f 1)
name=$VERSION-$(printf '%.8s' "$sums")
say "Every file is as it was made ashore. Fingerprint of this bundle: $sums"

# 2. Which Python?
[ "$(uname -m)" = "$MACHINE" ] || fail "this bundle is for $MACHINE, and this machine is $(uname -m)."
number() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2> /dev/null || :; }
if [ -z "$python" ]; then
    for wanted in $PYTHONS; do
        for program in "python$wanted" python3; do
            [ "$(number "$program")" != "$wanted" ] || python=$program
        done
    done
    [ -n "$python" ] || fail "no Python of this bundle is installed here; it is for $PYTHONS."
fi
found=$(number "$python")
case " $PYTHONS " in
    *" $found "*) ;;
    *) fail "$python is Python ${found:-of no number}; this bundle is for $PYTHONS." ;;
esac
say "Python $found will run it: $(command -v "$python")"
for extra in $extras; do
    case " $EXTRAS " in
        *" $extra "*) ;;
        *) fail "this bundle has no extra $extra; it has: ${EXTRAS:-none}." ;;
    esac
done

# 3. Where to?
links=''
if [ -z "$into" ] && [ "$(id -u)" -eq 0 ]; then
    into=/opt/eightbells links=/usr/local/bin
elif [ -z "$into" ]; then
    into=$HOME/.local/lib/eightbells links=$HOME/.local/bin
fi
mkdir -p "$into/versions" "$into/bin"
into=$(CDPATH='' cd -- "$into" && pwd -P)
place=$into/versions/$name
wanted=$(printf '%s' "$extras" | tr -s ' ' ',')
wanted=${wanted#,}

# 4. The program, in a folder of its own; it counts once `installed` stands in it.
works() { "$place/bin/eightbells" --version > /dev/null 2>&1; }
if grep -qsx "$found $wanted" "$place/installed" && works; then
    say "This very version is installed already, and works: $place"
else
    rm -rf "$place"
    "$python" -m venv --without-pip "$place"
    say "A folder for this version was made: $place"
    for pip in wheels/pip-*.whl; do :; done
    PYTHONPATH=$here/$pip "$place/bin/python" -m pip --isolated --disable-pip-version-check \
        install --quiet --no-index --find-links "$here/wheels" --no-cache-dir \
        "eightbells${wanted:+[$wanted]}==$VERSION"
    works || fail 'it was installed and does not start; the earlier version stays in use.'
    cp README.txt LICENCES.txt bom.json SHA256SUMS "$place/"
    printf '%s %s\n' "$found" "$wanted" > "$place/installed"
    say "Eight Bells $VERSION was installed and starts."
fi

# 5. From here on this version is the one in use.
point() { "$place/bin/python" -c \
    'import os, sys; os.symlink(sys.argv[1], sys.argv[2] + ".new"); os.replace(sys.argv[2] + ".new", sys.argv[2])' \
    "$1" "$2"; }
before=$(readlink "$into/current" || :)
if [ "$before" != "versions/$name" ]; then
    [ -z "$before" ] || point "$before" "$into/previous"
    point "versions/$name" "$into/current"
fi
point ../current/bin/eightbells "$into/bin/eightbells"
cp way-back.sh uninstall.sh eightbells-worker.service eightbells-worker@.service "$into/"
say "In use: $VERSION.${before:+ Before: ${before#versions/}.} The command is $into/bin/eightbells"
if [ -n "$links" ]; then
    mkdir -p "$links"
    point "$into/bin/eightbells" "$links/eightbells"
    say "It is linked as $links/eightbells"
    case ":$PATH:" in
        *":$links:"*) ;;
        *) say "$links is not on your PATH: add it, or type the whole name." ;;
    esac
fi

# 6. The worker as a service: root's for an account of the ship, or one's own.
running() { [ -z "$units" ] && [ -d /run/systemd/system ]; }
if [ "$(id -u)" -eq 0 ]; then
    unit=eightbells-worker@.service service=eightbells-worker@$account control='systemctl'
    target=${units:-/etc/systemd/system} others='eightbells-worker@*.service'
else
    unit=eightbells-worker.service service=eightbells-worker control='systemctl --user'
    target=${units:-$HOME/.config/systemd/user} others=$unit
fi
if [ -n "$account" ] || [ -e "$target/$unit" ]; then
    mkdir -p "$target"
    sed "s|@PROGRAM@|$into/bin/eightbells|" "$unit" > "$target/$unit"
    say "The worker's unit is written: $target/$unit"
    if running; then
        $control daemon-reload
        $control try-restart "$others"
        [ -z "$account" ] || $control enable --now "$service"
        say "The worker runs this version now, or will as soon as there is a store."
    elif [ -n "$account" ]; then
        say "To start it: $control daemon-reload; $control enable --now $service"
    fi
fi
say "Done. Whether all of it works here: $into/bin/eightbells demo --check --home DIR"
