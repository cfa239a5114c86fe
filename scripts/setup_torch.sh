#!/bin/sh
# Installs torch into the Python given (default .venv/bin/python): the CPU build where there is no
# NVIDIA GPU, never several gigabytes of CUDA for nothing. `make setup` runs it before requirements.txt.
#
#   LABELAPP_TORCH=auto|cpu|cuda|skip   what to install; auto asks nvidia-smi
#   LABELAPP_TORCH_INDEX=URL            where CPU builds are; default PyTorch's own index
set -eu

python=${1:-.venv/bin/python}
version=2.13.0
torchvision=0.28.0
index=${LABELAPP_TORCH_INDEX:-https://download.pytorch.org/whl/cpu}

say() { printf 'torch: %s\n' "$1"; }

# What pip would take for torch from where it is set to look: the version alone, e.g. 2.13.0+cpu.
offered() {
    "$python" -m pip install --quiet --dry-run --ignore-installed --no-deps --report - \
        "torch==$version" 2>/dev/null |
        "$python" -c 'import json, sys; print(json.load(sys.stdin)["install"][0]["metadata"]["version"])' \
            2>/dev/null || true
}

wanted=${LABELAPP_TORCH:-auto}
case $wanted in
    auto | cpu | cuda) ;;
    skip) say 'skipped, as LABELAPP_TORCH=skip asks'; exit 0 ;;
    *) say "LABELAPP_TORCH=$wanted is not known; use auto, cpu, cuda or skip" >&2; exit 2 ;;
esac

installed=$("$python" -c 'from importlib.metadata import version; print(version("torch"))' 2>/dev/null || true)
case $installed in
    "$version" | "$version"+*) say "$installed is there"; exit 0 ;;
esac

if [ "$wanted" = auto ]; then
    if command -v nvidia-smi >/dev/null 2>&1 && nvidia-smi -L >/dev/null 2>&1; then
        wanted=cuda
    else
        wanted=cpu
    fi
fi

if [ "$wanted" = cuda ]; then
    say "installing $version with CUDA"
    exec "$python" -m pip install "torch==$version" "torchvision==$torchvision"
fi

found=$(offered)
if [ "$found" = "$version+cpu" ] || { [ "$(uname -s)" = Darwin ] && [ -n "$found" ]; }; then
    say "installing $found"
    exec "$python" -m pip install "torch==$found"
fi

say "installing the CPU build of $version from $index"
if ! PIP_RETRIES=1 "$python" -m pip install --index-url "$index" --no-deps "torch==$version"; then
    say "the CPU build of torch $version could not be had from $index." >&2
    say 'Give its place in LABELAPP_TORCH_INDEX, put its wheel where pip looks (find-links),' >&2
    say 'or set LABELAPP_TORCH=cuda for the large build, or =skip to do without models.' >&2
    exit 1
fi
# Its own needs, from the ordinary index: the CPU index need not carry them.
"$python" - <<'EOF' | xargs "$python" -m pip install
from importlib.metadata import requires

for need in requires("torch") or []:
    if "extra ==" not in need and "cuda" not in need and "nvidia" not in need and "triton" not in need:
        print("'" + need.replace("'", '"') + "'")
EOF
