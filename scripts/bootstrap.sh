# Sourced by ./start and ./check, from the top of the checkout: `bootstrap run` or `bootstrap dev` makes
# .venv with the pinned packages and sees to the system's libraries. Quick when nothing has changed.
# Needs Python 3.11 or newer with pip; neither root nor Debian's python3-venv.

say() { printf '== %s\n' "$*"; }
fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

bootstrap() {
    local constraints=constraints.txt
    if [ "$1" = dev ]; then constraints=constraints-dev.txt; fi
    { usable && cmp -s "$constraints" ".venv/installed-$1"; } || install_python_packages "$1" "$constraints"
    [ ".venv/system-$1" -nt scripts/system_packages.py ] || install_system_packages "$1"
}

# Whether .venv was made here and with the Python it still has.
usable() { [ -x .venv/bin/python ] && identity | cmp -s - .venv/identity; }
identity() { pwd && .venv/bin/python -V; }

install_python_packages() {
    local python begun=$SECONDS quiet=--quiet
    python=$(newest_python) || fail "Python 3.11 or newer is needed (Debian: apt-get install python3 python3-pip)."
    "$python" -m pip --version >/dev/null 2>&1 ||
        fail "$python has no pip (Debian: apt-get install python3-pip)."
    [ -t 1 ] && quiet=
    say "Setting up .venv with $("$python" -V): the packages pinned in $2 (about 100 MB the first time)"
    usable || "$python" -m venv --without-pip --clear .venv || fail "No virtual environment can be made in $PWD/.venv."
    "$python" -m pip --python .venv/bin/python install $quiet --disable-pip-version-check --no-input \
        --require-hashes --only-binary :all: --requirement "$2" 2>&1 | without_noise ||
        fail "The Python packages could not be installed (reasons above); check the network and run this again."
    link_checkout
    identity >.venv/identity
    if [ "$1" = dev ]; then cp constraints.txt .venv/installed-run; fi
    cp "$2" ".venv/installed-$1"
    say "Done in $((SECONDS - begun)) s"
}

newest_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$name"; return; }
    done
    return 1
}

# pip's remarks on its own configuration and user are not about this program.
without_noise() { sed -u -e '/^WARNING: Location .* is ignored/d' -e '/^WARNING: Running pip as the/d'; }

# The checkout itself, importable from anywhere and with its command: no build needed.
link_checkout() {
    .venv/bin/python -c 'import sysconfig, pathlib, os
pathlib.Path(sysconfig.get_path("purelib"), "case_tracker.pth").write_text(os.getcwd() + "\n", encoding="utf-8")'
    printf '#!/bin/sh\nexec "%s/.venv/bin/python" -m tracker "$@"\n' "$PWD" >.venv/bin/case-tracker
    chmod +x .venv/bin/case-tracker
}

# Installs what is missing where permitted; else prints the one line to run and goes on.
install_system_packages() {
    local missing rights='' begun=$SECONDS
    missing=$(system_packages "$1")
    [ -z "$missing" ] || {
        if [ "$(id -u)" != 0 ]; then rights='sudo'; fi
        if command -v apt-get >/dev/null && { [ -z "$rights" ] || sudo -n true 2>/dev/null; }; then
            say "Installing from Debian: $missing"
            apt_install "$rights" $missing || say "Debian's packages could not all be installed (reasons above)"
            missing=$(system_packages "$1")
            say "Done in $((SECONDS - begun)) s"
        fi
    }
    [ -z "$missing" ] && { touch ".venv/system-$1"; return; }
    say "This machine lacks system packages, and only root may install them. As root, run:"
    echo "   apt-get update && apt-get install -y --no-install-recommends $missing"
}

system_packages() {
    if [ "$1" = dev ]; then set -- --check; else set --; fi
    .venv/bin/python scripts/system_packages.py "$@"
}

apt_install() {
    local rights=$1
    shift
    { $rights env DEBIAN_FRONTEND=noninteractive apt-get update -qq || true; } >.venv/apt.log 2>&1
    $rights env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>.venv/apt.log 2>&1 ||
        { tail -n 5 .venv/apt.log >&2; return 1; }
}

qt_loads() { .venv/bin/python -c 'import PySide6.QtWidgets' 2>/dev/null; }
