#!/usr/bin/env bash
# The lowest version of everything that is declared, with the lowest Python that is here, and the
# newest with the newest: what depends on neither is left to the whole tests. “make test-versions”
# runs it.
set -euo pipefail
cd "$(dirname "$0")/.."

# For each package that is needed what would miss it first, and the parts of Textual that are private.
PARTS="tests/text tests/storage tests/record tests/dataset tests/notes tests/test_values.py
    tests/desktop tests/adding tests/intake tests/documents/test_to_ics.py
    tests/cli/test_completions_command.py tests/cli/test_deadlines_command.py
    tests/ui/test_moving.py tests/ui/test_writing.py tests/ui/test_own_editor.py
    tests/ui/test_cropped.py tests/ui/test_drawn.py tests/ui/test_own_keys.py
    tests/ui/test_terminal_input.py
    tests/serving/test_serving.py::test_each_visitor_writes_apart_and_finds_it_again"
# These ask other programs, or take long.
LEFT_OUT="--ignore tests/record/test_timeline.py --ignore tests/adding/test_library_entries.py"
TOOLS=("pytest>=8.4,<9" pytest-asyncio pytest-xdist pytest-textual-snapshot hypothesis ptyprocess pyte)

first_of() { # the first of some versions of Python that is here and not only named
    local version found
    for version in "$@"; do
        for found in "$HOME/.pyenv/versions/$version".*/bin/python "$(command -v "python$version" || true)"; do
            if [ -x "$found" ] && "$found" -c "import venv, ensurepip" 2>/dev/null; then
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
    "$place/bin/pip" install --quiet --disable-pip-version-check -c "$2" --editable '.[web]' "${TOOLS[@]}"
    echo "with $("$place/bin/python" --version), $3:"
    # shellcheck disable=SC2086
    "$place/bin/python" -m pytest --quiet -p no:cacheprovider $LEFT_OUT $PARTS
    rm -rf "$place"
}

oldest=$(first_of 3.11 3.12 3.13 3.14)
newest=$(first_of 3.14 3.13 3.12 3.11)
if [ -z "$oldest" ]; then
    echo "no Python from 3.11 to 3.14 is here" >&2
    exit 1
fi
lowest=$(mktemp)
"$oldest" tests/lowest.py >"$lowest"
try "$oldest" "$lowest" "and the lowest of everything"
rm "$lowest"
if [ "$newest" != "$oldest" ]; then
    try "$newest" tests/constraints.txt "and the newest of everything"
else
    echo "no newer Python is here"
fi
