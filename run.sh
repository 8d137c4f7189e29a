#!/usr/bin/env bash
# Builds Isthmus and opens it on the built-in sample; without a display it runs the whole walk and writes files instead.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. scripts/packages.sh

# What a window needs on Linux. Vulkan first; EGL and GL for machines where Vulkan finds no driver. The file dialog asks the
# desktop's portal over D-Bus. (zenity would do where there is no portal, but brings much with it: the window also takes
# files by drag and drop, and as arguments.)
WINDOW_PACKAGES=(
    libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0
    mesa-vulkan-drivers libegl1 libgl1-mesa-dri libdbus-1-3
)

has_display() {
    [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]
}

packages=("${BUILD_PACKAGES[@]}" "${FONT_PACKAGES[@]}")
if has_display; then
    packages+=("${WINDOW_PACKAGES[@]}")
fi
install_missing "${packages[@]}"
find_cargo

echo "Building (the first time takes some minutes)…"
cargo build --release --locked
isthmus="$(cargo metadata --format-version 1 --no-deps --locked \
    | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')/release/isthmus"

if has_display; then
    echo "Opening the window on the sample…"
    exec "$isthmus" --sample
fi

out=isthmus-sample
echo "There is no display here, so the walk runs without a window. Writing to $out/:"
mkdir -p "$out"
"$isthmus" sample "$out/sushi-sample.csv"
"$isthmus" export "$out/sushi-sample.csv" \
    --people "$out/people.csv" \
    --list "$out/outreach-list.csv" \
    --map "$out/map.png" \
    --ties "$out/ties.csv" \
    --summary "$out/summary.json"
ls -l "$out"
echo "Done: the map is $out/map.png, the people to write to are in $out/outreach-list.csv."
