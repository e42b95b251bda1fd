#!/usr/bin/env bash
# The lowest version of everything that is declared, and the newest Python that is here: what
# depends on neither is left to the whole tests. “make test-versions” runs it.
set -euo pipefail
cd "$(dirname "$0")/.."

PARTS="tests/text tests/storage tests/record tests/dataset tests/notes tests/test_values.py
    tests/cli/test_completions_command.py tests/ui/test_moving.py tests/ui/test_writing.py"
TOOLS=("pytest>=8.4,<9" pytest-asyncio pytest-xdist pytest-textual-snapshot hypothesis ptyprocess pyte)

newest() {
    for version in 3.14 3.13 3.12; do
        for found in "$(command -v "python$version" || true)" "$HOME/.pyenv/versions/$version".*/bin/python; do
            if [ -x "$found" ] && "$found" -c "" 2>/dev/null; then
                echo "$found"
                return
            fi
        done
    done
}

try() { # PYTHON CONSTRAINTS NAME
    local place
    place=$(mktemp -d)
    "$1" -m venv "$place"
    "$place/bin/pip" install --quiet --disable-pip-version-check -c "$2" --editable . "${TOOLS[@]}"
    echo "with $("$place/bin/python" --version), $3:"
    # shellcheck disable=SC2086
    "$place/bin/python" -m pytest --quiet -p no:cacheprovider --ignore tests/record/test_timeline.py $PARTS
    rm -rf "$place"
}

lowest=$(mktemp)
python3 tests/lowest.py >"$lowest"
try python3 "$lowest" "and the lowest of everything"
rm "$lowest"
python=$(newest)
if [ -n "$python" ]; then
    try "$python" tests/constraints.txt "the newest that is here"
else
    echo "no newer Python is here"
fi
