#!/bin/sh
# Creates the virtualenvs of the oracles: TensorFlow 1.3.0, 1.15.5 and 2.21, in .oracle/ beside the project
# (or in $KUDARI_ORACLE_DIR). `setup.sh tf115` creates only that one; one that already works is left alone.
#
# Interpreters: $KUDARI_PYTHON36, $KUDARI_PYTHON37 and $KUDARI_PYTHON311, else pyenv, else PATH.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
oracles=${KUDARI_ORACLE_DIR:-$root/.oracle}
missing=0

# The newest pyenv interpreter of a version, or the one on PATH; prints nothing when there is none.
find_python() {
    version=$1
    chosen=$2
    if [ -n "$chosen" ]; then
        echo "$chosen"
        return
    fi
    if command -v pyenv >/dev/null 2>&1; then
        newest=$(ls -d "$(pyenv root)/versions/$version".*/bin/python 2>/dev/null | sort -V | tail -n 1)
        if [ -n "$newest" ]; then
            echo "$newest"
            return
        fi
    fi
    command -v "python$version" || true
}

# create NAME PYTHON-VERSION CHOSEN-INTERPRETER TENSORFLOW-VERSION PIP-ARGUMENTS...
create() {
    name=$1; version=$2; chosen=$3; tensorflow=$4
    shift 4
    target=$oracles/$name
    if [ "$(installed "$target/bin/python")" = "$tensorflow" ]; then
        echo "$name: TensorFlow $tensorflow is there: $target"
        return
    fi
    python=$(find_python "$version" "$chosen")
    if [ -z "$python" ]; then
        variable=KUDARI_PYTHON$(echo "$version" | tr -d .)
        echo "$name: no Python $version. Install one (pyenv install $version), or set $variable to its path." >&2
        missing=1
        return
    fi
    "$python" -m venv "$target"
    "$target/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
    echo "$name: TensorFlow $(installed "$target/bin/python"): $target"
}

installed() {
    [ -x "$1" ] && "$1" -W ignore -c 'import tensorflow; print(tensorflow.__version__)' 2>/dev/null || true
}

wanted() {
    [ -z "$only" ] || [ "$only" = "$1" ]
}

only=${1:-}
case "$only" in
    "" | tf13 | tf115 | tf221) ;;
    *) echo "setup.sh: unknown oracle '$only': tf13, tf115 or tf221" >&2; exit 2 ;;
esac
mkdir -p "$oracles"

# 1.3.0's own requirements are open upwards and no longer fit together, so they are named here one by one.
if wanted tf13; then
    create tf13 3.6 "${KUDARI_PYTHON36:-}" 1.3.0 --no-deps tensorflow==1.3.0 numpy==1.13.3 protobuf==3.4.0 six==1.17.0 \
        werkzeug==0.12 html5lib==0.9999999 bleach==1.5.0 markdown==2.6.9 tensorflow-tensorboard==0.1.8
fi
if wanted tf115; then
    create tf115 3.7 "${KUDARI_PYTHON37:-}" 1.15.5 tensorflow==1.15.5 'protobuf<3.21' 'numpy<1.19'
fi
if wanted tf221; then
    create tf221 3.11 "${KUDARI_PYTHON311:-}" 2.21.0 tensorflow-cpu==2.21.0
fi
exit $missing
