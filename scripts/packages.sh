# Sourced by run.sh and test.sh: installs the Debian or Ubuntu packages that are missing, and says which.

# What is needed to build: a linker and the C library; every crate is Rust or brings its own source.
BUILD_PACKAGES=(gcc libc6-dev ca-certificates)

# Fonts for names in Arabic (dejavu), in Japanese and Chinese (droid), in Korean (nanum).
FONT_PACKAGES=(fonts-dejavu-core fonts-droid-fallback fonts-nanum)

# True when package $1 is installed.
is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# install_missing PACKAGE…: installs those that are missing. Without apt it names them and goes on; when nothing is missing
# it needs no network and no rights.
install_missing() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        echo "This system has no apt. If something is missing below, install what these Debian packages hold:"
        echo "  $*"
        return 0
    fi
    local missing=() package
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    if [ "${#missing[@]}" -eq 0 ]; then
        return 0
    fi
    echo "Installing system packages: ${missing[*]}"
    local as_root=(env DEBIAN_FRONTEND=noninteractive)
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "Cannot install them: not root, and there is no sudo. As root, run:"
            echo "  apt-get install --no-install-recommends ${missing[*]}"
            return 0
        fi
        as_root=(sudo "${as_root[@]}")
    fi
    # An old package list may still do, and what cannot be installed may not be missed: whatever comes next decides.
    "${as_root[@]}" apt-get update -q </dev/null || echo "The package lists could not be renewed; trying with those at hand."
    "${as_root[@]}" apt-get install -qq -y --no-install-recommends "${missing[@]}" </dev/null \
        || echo "WARNING: could not install ${missing[*]}. Going on without." >&2
}

# Puts cargo into the path, or says how to get it.
find_cargo() {
    if ! command -v cargo >/dev/null && [ -x "${CARGO_HOME:-$HOME/.cargo}/bin/cargo" ]; then
        PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
    fi
    if ! command -v cargo >/dev/null; then
        echo "Rust 1.95 or newer is needed and was not found. Install it with rustup." >&2
        return 1
    fi
}
