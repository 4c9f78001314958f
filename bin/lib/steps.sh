# Named and timed steps, of which each ends the run when it fails, and the count of what passed.
# To be sourced. A step's output is shown only when it fails.

passed=0
failed=0

# Whether a step was asked for; without a choice each is.
wanted() {
  local part
  [[ ${#chosen[@]} -gt 0 ]] || return 0
  for part in "${chosen[@]}"; do
    [[ "$1" != *"$part"* ]] || return 0
  done
  return 1
}

# A check or a suite of tests: name, then command.
step() {
  ! wanted "$1" || run_step count "$@"
}

# What the later steps need, whichever of them were chosen.
prepare() {
  run_step : "$@"
}

run_step() {
  local counter="$1" name="$2" started=$SECONDS log status=0
  shift 2
  log="$(mktemp)"
  printf '%-40s' "$name"
  # In a subshell of its own: `set -e` would be ignored inside a condition.
  set +e
  (set -e; "$@") >"$log" 2>&1
  status=$?
  set -e
  "$counter" "$log" "$status"
  if [[ $status -eq 0 ]]; then
    printf 'ok     %4d s\n' $((SECONDS - started))
    rm -f "$log"
  else
    printf 'FAILED %4d s\n\n' $((SECONDS - started))
    cat "$log"
    rm -f "$log"
    exit 1
  fi
}

# Adds the tests of a step's log; a step that counts none is one itself.
count() {
  local log="$1" status="$2" tests good bad
  tests="$(awk "$summaries" "$log")"
  read -r good bad <<<"$tests"
  if ((good + bad == 0)); then good=$((status == 0)); fi
  if ((status != 0 && bad == 0)); then bad=1; fi
  passed=$((passed + good))
  failed=$((failed + bad))
}

# The closing lines of cargo test, nextest, Vitest and Node.js' test runner.
summaries='
  function before(word,  found) {
    return match($0, "[0-9]+ " word) ? substr($0, RSTART) + 0 : 0
  }
  { gsub(/\033\[[0-9;]*m/, "") }
  /^test result: / || /^ *Summary \[/ || /^ *Tests  / { good += before("passed"); bad += before("failed") }
  /^(ℹ|#) pass [0-9]+$/ { good += $NF }
  /^(ℹ|#) fail [0-9]+$/ { bad += $NF }
  END { print good + 0, bad + 0 }
'

# The closing line, for the run's exit status: one that broke off outside of a test failed, too.
report() {
  local status="$1"
  if ((status != 0 && failed == 0)); then failed=1; fi
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
}
