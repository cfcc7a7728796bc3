#!/bin/sh
# Install Debian's Chromium, and the fonts that pages ask for first, where there is none; say how where that can't be done.
[ -n "$KUDARI_CHROMIUM" ] && exit 0
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    packages="chromium fonts-inter"
    apt-get install -qq -y --no-install-recommends $packages >/dev/null 2>&1 && exit 0
    apt-get update -qq && apt-get install -qq -y --no-install-recommends $packages >/dev/null && exit 0
fi
echo "There is no Chromium, so no page is looked at. Install it: sudo apt-get install chromium" >&2
