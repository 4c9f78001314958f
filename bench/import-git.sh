#!/usr/bin/env bash
# `afterword import git` beside `git log` printing the same fields, over the same repository, in
# turns. Called by bin/bench import-git [ROUNDS [COMMITS]]; needs the release binary.
set -euo pipefail

afterword=$1 rounds=${2:-5} commits=${3:-30000}
format='%H%x00%P%x00%ct%x00%cN%x00%aI%x00%aN%x00%s%x00%b'
work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server"; rm -rf "$work"' EXIT

# A history with a merge in every ten commits, and messages of a few hundred bytes.
history() {
  awk -v commits="$commits" 'BEGIN {
    for (n = 1; n <= commits; n++) {
      body = ""
      for (w = 0; w < 8 + n % 40; w++) body = body " word" (n * 7919 + w * 104729) % 10007
      message = "Change " n " of the queue\n\n" body "\n"
      printf "commit refs/heads/main\nmark :%d\n", n
      printf "author Author %d <a%d@example.org> %d +0100\n", n % 50, n % 50, 1600000000 + n * 600
      printf "committer Committer %d <c%d@example.org> %d +0000\n", n % 7, n % 7, 1600003600 + n * 600
      printf "data %d\n%s", length(message), message
      if (n > 1) printf "from :%d\n", n - 1
      if (n % 10 == 0) printf "merge :%d\n", n - 5
      printf "\n"
    }
  }'
}

# Seconds that a command takes, and the most memory it held, in kB.
measured() {
  /usr/bin/time -f '%e %M' -o "$work/time" "$@" > "$work/output"
  cat "$work/time"
}

git init --quiet --bare "$work/shop.git"
history | git -C "$work/shop.git" fast-import --quiet
git -C "$work/shop.git" gc --quiet

for ((round = 1; round <= rounds; round++)); do
  data=$work/data-$round
  export AFTERWORD_LISTEN=127.0.0.1:18787 AFTERWORD_URL=http://127.0.0.1:18787
  export AFTERWORD_DATABASE_URL=sqlite://$data/afterword.db AFTERWORD_BLOBS_URL=file://$data/blobs
  mkdir "$data"
  "$afterword" serve 2> "$work/server.log" &
  server=$!
  until curl -fs "$AFTERWORD_URL/readyz" > /dev/null; do sleep 0.1; done
  "$afterword" person add bench@example.org --name Bench > /dev/null
  AFTERWORD_TOKEN=$("$afterword" token create bench@example.org)
  export AFTERWORD_TOKEN
  read -r log _ < <(measured git -C "$work/shop.git" log -z --format="tformat:$format" --branches --tags)
  read -r first memory < <(measured "$afterword" import git "$work/shop.git")
  read -r again _ < <(measured "$afterword" import git "$work/shop.git")
  kill "$server"
  wait "$server" || true
  server=
  awk -v logged="$log" -v first="$first" -v again="$again" -v memory="$memory" 'BEGIN {
    printf "git log %.2f s, import %.2f s (%.1f times), again %.2f s (%.1f times), %d MB\n",
      logged, first, first / logged, again, again / logged, memory / 1024
  }' | tee -a "$work/rounds"
done
