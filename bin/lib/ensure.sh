# What the scripts need on a machine. To be sourced; each function installs only what is missing.

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Installs Debian packages: as root, or through sudo.
install_debian() {
  local as_root=()
  command -v apt-get >/dev/null || fail "Please install with your package manager: $*"
  if [[ $EUID -ne 0 ]]; then
    command -v sudo >/dev/null || fail "Please run as root: apt-get install $*"
    as_root=(sudo)
  fi
  printf 'Installing Debian packages: %s\n' "$*"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq --no-install-recommends "$@" >/dev/null
}

ensure_rust() {
  command -v cargo >/dev/null || fail "Rust is missing. Install it from https://rustup.rs and run this again."
  command -v cc >/dev/null || install_debian build-essential
}

# What only the checks need.
ensure_rust_tools() {
  local tool
  for tool in rustfmt clippy-driver; do
    command -v "$tool" >/dev/null && "$tool" --version >/dev/null 2>&1 && continue
    command -v rustup >/dev/null || fail "$tool is missing. Install your Rust's rustfmt and clippy."
    rustup component add rustfmt clippy
  done
}

ensure_node() {
  command -v node >/dev/null && command -v npm >/dev/null ||
    fail "Node.js is missing: install version 20.19 or newer, with npm, and run this again."
  node -e 'const [a, b] = process.versions.node.split(".").map(Number);
           process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    fail "Node.js $(node --version) is too old: install version 20.19 or newer."
}

# Installs a folder's packages as its lock file has them, when the lock file has changed.
ensure_packages() {
  local folder="$1" stamp="$1/node_modules/.lock-sha256" lock
  lock="$(sha256sum <"$folder/package-lock.json")"
  [[ -f "$stamp" && "$(<"$stamp")" == "$lock" ]] && return
  npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error
  printf '%s\n' "$lock" >"$stamp"
}

ensure_chromium() {
  command -v chromium >/dev/null || install_debian chromium
}

ensure_postgresql() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || install_debian postgresql
}

ensure_alertmanager() {
  command -v prometheus-alertmanager >/dev/null || install_debian prometheus-alertmanager
}

# The library by which the journey reads our invitations again, in a place of its own.
ensure_icalendar() {
  local place="${XDG_CACHE_HOME:-$HOME/.cache}/afterword/icalendar"
  "$place/bin/python" -c 'import icalendar' 2>/dev/null && return
  python3 -c 'import ensurepip, venv' 2>/dev/null || install_debian python3 python3-venv
  python3 -m venv --clear "$place"
  "$place/bin/python" -m pip install --quiet --disable-pip-version-check icalendar==6.3.2
}

ensure_ffmpeg() {
  command -v ffmpeg >/dev/null && command -v ffprobe >/dev/null || install_debian ffmpeg
}
