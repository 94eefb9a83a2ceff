#!/bin/sh
# Makes .venv with the locked libraries. `make run` and `make test` call it; a second call takes no time.
# Usage: setup.sh run | test | stock | learn
# stock: .venv-stock, Rasa as its makers ship it, only to compare with (make compare).
# learn: .venv-learn, torch, only to teach the encoders our examples (make learn).
set -eu
cd "$(dirname "$0")"
kind="${1:-run}"
venv=.venv
case "$kind" in stock | learn) venv=".venv-$kind" ;; esac
needed_gb=3
[ "$kind" = learn ] && needed_gb=8
umask 022

say() { printf 'rights-desk: %s\n' "$1"; }
fail() {
    printf '\nrights-desk: %s\n' "$1" >&2
    exit 1
}

find_python() {
    for candidate in python3.10 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python3.10; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys, venv; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return 0
        fi
    done
    if command -v uv >/dev/null 2>&1; then
        uv python find 3.10 2>/dev/null && return 0
        uv python install 3.10 >&2 && uv python find 3.10 && return 0
    fi
    return 1
}

enough_disk() {
    free_kb=$(df -Pk . | awk 'NR == 2 { print $4 }')
    [ "$free_kb" -ge $((needed_gb * 1000000)) ]
}

install() {
    if command -v uv >/dev/null 2>&1; then
        uv pip sync --quiet --python "$venv/bin/python" --require-hashes "$@"
    else
        for file in "$@"; do
            # --no-deps: the lock is whole, and pip would refuse our lifted limits.
            "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
                --no-compile --no-deps --require-hashes -r "$file" >"$venv/install.log" 2>&1 || {
                tail -n 15 "$venv/install.log" >&2
                return 1
            }
        done
    fi
}

# The widget's tests drive a real Chromium: Playwright's own, else Debian's.
has_browser() {
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    "$venv/bin/python" -c 'import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).is_file())' 2>/dev/null
}

install_browser() {
    timeout 300 "$venv/bin/python" -m playwright install chromium >"$venv/browser.log" 2>&1 && return 0
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo -n"
    { $as_root apt-get update && $as_root apt-get install -y --no-install-recommends chromium; } \
        >>"$venv/browser.log" 2>&1
}

locks="requirements.txt"
[ "$kind" = test ] && locks="requirements.txt requirements-dev.txt"
[ "$kind" = stock ] && locks="bench/stock-requirements.txt"
[ "$kind" = learn ] && locks="bench/learn-requirements.txt"
# What was installed, so that a change of the locks is noticed.
# shellcheck disable=SC2086
wanted=$(cat $locks setup.sh | cksum)
stamp="$venv/.installed-$kind"
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
fi
# What the tests need contains what running needs.
if [ "$kind" = run ] && [ -f .venv/.installed-test ] &&
    [ "$(cat .venv/.installed-test)" = "$(cat requirements.txt requirements-dev.txt setup.sh | cksum)" ]; then
    exit 0
fi

say "1/4 looking for Python 3.10 ..."
python=$(find_python) || fail "Python 3.10 was not found. Install it (for example: apt-get install python3.10 python3.10-venv, or pyenv install 3.10, or install uv), then run the same command again."
say "    $python"
enough_disk || fail "There is too little free disk space: about $needed_gb GB are needed here. Free some, then run the same command again."
say "2/4 making $venv ..."
# Half a set-up, or one made by another tool, is begun anew.
"$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear "$venv" ||
    fail "The environment could not be made. On Debian or Ubuntu install python3.10-venv; else see the lines above."
# Until all is done, no older note may say that it is.
rm -f "$venv"/.installed-*
say "3/4 installing the locked libraries (one to three minutes) ..."
# shellcheck disable=SC2086
install $locks ||
    fail "The libraries could not be installed. Is there a connection to the package index, and space on the disk? See the lines above, then run the same command again; what was loaded is kept."
say "4/4 compiling ..."
# Some machines switch byte code off; without it every start would take three times as long.
env -u PYTHONDONTWRITEBYTECODE "$venv/bin/python" -m compileall -q -j 0 "$venv/lib" bot actions >/dev/null 2>&1 || true
if [ "$kind" = test ] && ! has_browser; then
    say "    a browser for the tests of the widget ..."
    install_browser && has_browser || {
        tail -n 15 "$venv/browser.log" >&2
        fail "Chromium could not be installed. Install it (for example: apt-get install chromium), then run the same command again."
    }
fi
printf '%s' "$wanted" >"$stamp"
say "set-up done"
