# A private PostgreSQL cluster for tests and benchmarks, in a temporary folder. To be sourced.
# It has a password, since on a shared machine whoever may connect may run programs as its user.

# Runs one of PostgreSQL's programs; they refuse to run as root.
as_postgres() {
  local program="$1"
  shift
  if [[ $EUID -eq 0 ]]; then
    local user=postgres
    id postgres >/dev/null 2>&1 || user=nobody
    runuser -u "$user" -- "$postgres_bin/$program" "$@"
  else
    "$postgres_bin/$program" "$@"
  fi
}

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => {
             console.log(s.address().port); s.close(); })'
}

# Starts the cluster and exports its address as AFTERWORD_TEST_POSTGRES_URL. The tests' data need
# not survive a power failure; `start_postgres on` makes one whose data does.
start_postgres() {
  local bins password port fsync="${1:-off}"
  bins=(/usr/lib/postgresql/*/bin)
  postgres_bin="${bins[-1]}"
  postgres_folder="$(mktemp -d)"
  password="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
  port="$(free_port)"
  printf '%s\n' "$password" >"$postgres_folder/password"
  if [[ $EUID -eq 0 ]]; then
    chown -R "$(id -u postgres 2>/dev/null || id -u nobody)" "$postgres_folder"
  fi
  pushd "$postgres_folder" >/dev/null
  as_postgres initdb --pgdata=data --username=afterword --auth=scram-sha-256 \
    --pwfile=password --encoding=UTF8 --locale=C.UTF-8 --no-sync --no-instructions
  as_postgres pg_ctl start --pgdata="$postgres_folder/data" --log="$postgres_folder/log" --wait \
    --options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' \
               -c fsync=$fsync -c max_connections=300"
  popd >/dev/null
  export AFTERWORD_TEST_POSTGRES_URL="postgres://afterword:$password@127.0.0.1:$port/postgres"
}

stop_postgres() {
  [[ -n "${postgres_folder:-}" ]] || return 0
  if [[ -f "$postgres_folder/data/postmaster.pid" ]]; then
    as_postgres pg_ctl stop --pgdata="$postgres_folder/data" --mode=immediate >/dev/null || true
  fi
  rm -rf "$postgres_folder"
  unset postgres_folder
}
