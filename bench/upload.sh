#!/usr/bin/env bash
# A large recording sent to the server, beside `dd conv=fsync` of the same file, in turns. Called by
# bin/bench upload [ROUNDS [MEGABYTES]]; needs the release binary and curl.
set -euo pipefail

afterword=$1 rounds=${2:-3} megabytes=${3:-1024}
work=$(mktemp -d "${TMPDIR:-/tmp}/afterword-upload-XXXXXX")
server=
trap '[[ -z $server ]] || kill "$server"; rm -rf "$work"' EXIT
export AFTERWORD_LISTEN=127.0.0.1:18787 AFTERWORD_URL=http://127.0.0.1:18787
export AFTERWORD_DATABASE_URL=sqlite://$work/afterword.db AFTERWORD_BLOBS_URL=file://$work/blobs

# Noise as sound, so that it is a recording: 48 kHz, 16 bits, two channels.
recording() {
  local bytes=$((megabytes * 1024 * 1024))
  number() { printf '%b' "$(printf '\\x%02x\\x%02x\\x%02x\\x%02x' \
    $(($1 & 255)) $(($1 >> 8 & 255)) $(($1 >> 16 & 255)) $(($1 >> 24 & 255)))"; }
  printf 'RIFF'; number $((bytes + 36)); printf 'WAVEfmt '; number 16
  printf '\x01\x00\x02\x00'; number 48000; number 192000; printf '\x04\x00\x10\x00'
  printf 'data'; number "$bytes"
  head -c "$bytes" /dev/urandom
}

# Seconds that a command takes.
seconds() {
  local begun ended
  begun=$(date +%s.%N)
  "$@" >"$work/output"
  ended=$(date +%s.%N)
  awk -v begun="$begun" -v ended="$ended" 'BEGIN { printf "%.2f", ended - begun }'
}

api() {
  curl -fsS -H "Authorization: Bearer $token" "$@"
}

memory() {
  awk -v name="$1:" '$1 == name { printf "%d", $2 / 1024 }' "/proc/$server/status"
}

plain() {
  dd if="$work/recording.wav" of="$work/plain" bs=1M conv=fsync status=none
}

upload() {
  api -X PATCH -T "$work/recording.wav" -H 'Expect:' -H 'Tus-Resumable: 1.0.0' \
    -H 'Upload-Offset: 0' -H 'Content-Type: application/offset+octet-stream' "$AFTERWORD_URL$place"
}

recording >"$work/recording.wav"
size=$(stat -c %s "$work/recording.wav")
"$afterword" serve 2>"$work/server.log" &
server=$!
until curl -fs "$AFTERWORD_URL/readyz" >/dev/null; do sleep 0.1; done
"$afterword" person add bench@example.org --name Bench >/dev/null
token=$("$afterword" token create bench@example.org)
incident='{"started_at": "2026-03-01T18:00:00Z"}'
postmortem=$(api -H 'Content-Type: application/json' "$AFTERWORD_URL/api/v1/postmortems" \
  -d "{\"title\": \"Upload\", \"incident\": $incident}" | sed 's/.*"id":"\([^"]*\)".*/\1/')
route=$AFTERWORD_URL/api/v1/postmortems/$postmortem/recording

for ((round = 1; round <= rounds; round++)); do
  sync
  copied=$(seconds plain)
  rm "$work/plain"
  sync
  place=$(api -X POST -D - -o /dev/null -H 'Tus-Resumable: 1.0.0' -H "Upload-Length: $size" "$route" |
    tr -d '\r' | awk 'tolower($1) == "location:" { print $2 }')
  before=$(memory VmRSS)
  echo 5 >"/proc/$server/clear_refs"
  sent=$(seconds upload)
  peak=$(memory VmHWM)
  api -X DELETE "$route" >/dev/null
  awk -v copied="$copied" -v sent="$sent" -v before="$before" -v peak="$peak" 'BEGIN {
    printf "dd %.2f s, upload %.2f s (%.2f times), server %d MB before, %d MB at most (%d more)\n",
      copied, sent, sent / copied, before, peak, peak - before
  }'
done
