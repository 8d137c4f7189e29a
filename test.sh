#!/usr/bin/env bash
# Every check and every test, the quick ones first. Goes on after a failure, and tells at the end what failed.
#
# All compile in the release profile, so that the crates below us are compiled once, and so that tests on larger graphs
# take seconds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. scripts/packages.sh

# The window's tests draw with Vulkan in software; they need no display.
install_missing "${BUILD_PACKAGES[@]}" "${FONT_PACKAGES[@]}" mesa-vulkan-drivers
find_cargo

# Nothing of a person who runs this is read or changed: what the program keeps, it keeps here.
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
export ISTHMUS_DATA_DIR="$scratch/data" ISTHMUS_CONFIG_DIR="$scratch/config"
if [ -z "${XDG_RUNTIME_DIR:-}" ]; then
    mkdir -m 700 "$scratch/runtime"
    export XDG_RUNTIME_DIR="$scratch/runtime"
fi

failed=()
skipped=()

# step NAME COMMAND…: runs it under a headline and remembers when it failed.
step() {
    local name="$1" start=$SECONDS
    shift
    echo
    echo "=== $name"
    if "$@" </dev/null; then
        echo "=== $name: fine, $((SECONDS - start)) s"
    else
        echo "=== $name: FAILED, $((SECONDS - start)) s"
        failed+=("$name")
    fi
}

# optional NAME TOOL COMMAND…: a step for which `TOOL --version` has to work.
optional() {
    local name="$1" tool="$2"
    shift 2
    if $tool --version >/dev/null 2>&1; then
        step "$name" "$@"
    else
        echo
        echo "=== $name: SKIPPED, $tool is not installed"
        skipped+=("$name")
    fi
}

# Two versions of the window's crates would compile and then not fit together.
one_egui() {
    local tree twice
    tree="$(cargo tree --locked -e normal --prefix none --format '{p}')" || return 1
    twice="$(sed -nE 's/^(egui|epaint|eframe|egui-wgpu|egui-winit|wgpu) v([0-9.]+).*/\1 \2/p' <<<"$tree" \
        | sort -u | cut -d ' ' -f 1 | uniq -d)"
    if [ -n "$twice" ]; then
        echo "More than one version of: $twice"
        return 1
    fi
}

documentation() {
    RUSTDOCFLAGS="-D warnings" cargo doc --release --locked --no-deps
}

cargo_flags=(--release --locked)
optional "format" "cargo fmt" cargo fmt --check
step "one egui" one_egui
optional "spelling" "typos" typos
optional "licences and advisories" "cargo deny" cargo deny --locked check
step "the library needs no window" cargo check "${cargo_flags[@]}" --no-default-features --lib
optional "lints" "cargo clippy" cargo clippy "${cargo_flags[@]}" --all-targets -- -D warnings
step "documentation" documentation
# Unit, integration and documentation tests; builds the examples too.
step "tests" cargo test "${cargo_flags[@]}"

echo
if [ "${#skipped[@]}" -gt 0 ]; then
    printf 'Skipped: %s\n' "${skipped[@]}"
fi
if [ "${#failed[@]}" -gt 0 ]; then
    printf 'FAILED: %s\n' "${failed[@]}"
    exit 1
fi
echo "Every check and test passed in $SECONDS s."
