# Sourced by the scripts beside it: makes sure that what they need is there.
# Says nothing where nothing is missing; everything that it does say goes to standard error.

say() { printf '%s\n' "$*" >&2; }

# Runs a command as root.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    say "convo: these packages have to be installed as root, and there is no sudo; run as root:"
    say "  $*"
    return 1
  fi
}

debian_packages="pkg-config libedit-dev libdnnl-dev libspng-dev libdeflate-dev libturbojpeg0-dev libtiff-dev libgif-dev libwebp-dev libcairo2-dev libchafa-dev libglib2.0-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libhdf5-dev libzip-dev"
brew_packages="pkgconf libedit onednn libspng libdeflate jpeg-turbo libtiff giflib webp cairo chafa cmark-gfm hdf5 libzip"

# Ends the script where there is no toolchain that can build convo.
need_swift() {
  if ! command -v swift >/dev/null; then
    say "convo: no Swift toolchain was found; install Swift 6.3 from https://www.swift.org/install and try again"
    exit 1
  fi
  local version
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p' | head -n 1)
  if [ "$(printf '%s\n6.3\n' "${version:-0}" | sort -V | head -n 1)" != 6.3 ]; then
    say "convo: Swift 6.3 or newer is needed, and this is Swift ${version:-of an unknown version}"
    say "  install it from https://www.swift.org/install and try again"
    exit 1
  fi
}

# Installs the system packages that are missing.
need_packages() {
  local missing="" package
  if command -v apt-get >/dev/null; then
    for package in $debian_packages; do
      dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -z "$missing" ] && return
    say "convo: installing$missing"
    as_root apt-get update -q >&2 || say "convo: the package lists could not be refreshed; trying with those that are here"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >&2 || {
      say "convo: the packages could not be installed; install them by hand and try again:$missing"
      exit 1
    }
  elif command -v brew >/dev/null; then
    for package in $brew_packages; do
      brew list --formula "$package" >/dev/null 2>&1 || missing="$missing $package"
    done
    [ -z "$missing" ] && return
    say "convo: installing$missing"
    brew install $missing >&2 || exit 1
  else
    # The headers of the libraries stand for the packages.
    if command -v pkg-config >/dev/null && pkg-config --exists libedit spng libdeflate libturbojpeg libtiff-4 libwebpdemux cairo chafa libcmark-gfm hdf5 libzip 2>/dev/null; then
      return
    fi
    say "convo: neither apt-get nor brew is here; install these by your system's own means and try again"
    say "  libraries with headers: libedit, oneDNN 2, libspng, libdeflate, libjpeg-turbo (TurboJPEG), libtiff 4.5, giflib, libwebp, cairo, chafa, cmark-gfm, HDF5, libzip; and pkg-config"
    say "  on Debian they are called: $debian_packages"
    exit 1
  fi
}

# Whether python3 can make virtual environments and is new enough for the Keras that convo is measured against.
has_python() {
  python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# Adds Python to the packages that `need_packages` installs, where it is missing.
want_python() {
  has_python && return
  debian_packages="$debian_packages python3 python3-venv"
  brew_packages="$brew_packages python"
}

# Makes a virtual environment and installs what a requirements file lists, unless that was done already:
# need_python_packages DIRECTORY FILE
need_python_packages() {
  local installed
  installed=$1/$(basename "$2")
  cmp -s "$2" "$installed" && return
  if ! has_python; then
    say "convo: Python 3.11 or newer with venv and ensurepip is needed; install it and try again"
    exit 1
  fi
  say "convo: installing the packages of ${2#"$PWD"/} into ${1#"$PWD"/} (some hundred megabytes)"
  [ -x "$1/bin/python" ] || python3 -m venv "$1" >&2 || exit 1
  "$1/bin/python" -m pip install --quiet --requirement "$2" >&2 || {
    say "convo: the packages could not be installed; see above"
    exit 1
  }
  cp "$2" "$installed"
}
