#!/bin/sh
# Makes packages/design/src/inter-latin.woff2: half the size of the file in the package @fontsource-variable/inter, which the first
# page of both applications waits for. The same letters, in the weights that our styles use; what goes are weights below 400 and
# above 700, and the features of the font that nothing asks for. Wants fontTools and Brotli: pip install fonttools brotli
set -eu
cd "$(dirname "$0")/.."
whole=node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2
weights=$(mktemp --suffix .woff2)
fonttools varLib.instancer "$whole" wght=400:700 --output "$weights"
pyftsubset "$weights" --flavor=woff2 --output-file=packages/design/src/inter-latin.woff2 \
  --layout-features=kern,mark,mkmk,ccmp,tnum,pnum,locl \
  --unicodes=U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215
rm "$weights"
