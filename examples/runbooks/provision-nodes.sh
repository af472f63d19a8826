#!/usr/bin/env bash
# A runbook worker in shell: waits for RunbookRequested, runs a program of yours, answers with a PhaseReport.
#
#   BROKER=127.0.0.1:9092 examples/runbooks/provision-nodes.sh provision-nodes ./provision.sh
#
# The program gets the cluster, the upgrade and the phase as arguments. It must be repeatable: the planner asks again, with
# the next attempt, when an answer stays out. Its last line of output may be facts, `nodes.running=2 nodes.healthy=2`; exit
# code 0 means done, 75 (EX_TEMPFAIL) means try again later, anything else holds the upgrade until a person looks.
# Set ONCE=1 to answer one request and stop. Where Kafka wants TLS or a login, KCAT_CONFIG names a file of kcat's properties.
set -euo pipefail

broker=${BROKER:?the Kafka broker, HOST:PORT}
runbook=${1:?the runbook to do, as the inventory names it}
program=${2:?the program that does it}
group=${GROUP:-runbook-$runbook}

# header NAME HEADERS: the value of one header in kcat's `name=value,name=value`.
header() { tr ',' '\n' <<<"$2" | sed -n "s/^$1=//p" | head -n 1; }

# report KIND EXTRA: EXTRA is more JSON members, each with its leading comma.
report() {
  jq -cn --arg upgrade "$upgrade" --arg cluster "$cluster" --arg phase "$phase" --argjson attempt "$attempt" \
    --arg worker "runbook/$runbook@$(hostname)" --arg kind "$1" --arg at "$(date -u +%Y-%m-%dT%H:%M:%SZ)" --argjson more "$2" \
    '{type: "PhaseReport", upgrade: $upgrade, cluster: $cluster, phase: $phase, attempt: $attempt, worker: $worker,
      kind: $kind, at: $at} + $more' |
    kcat -P -b "$broker" -t changeover.reports -k "$cluster"
}

# "a=1 b=2" as {"a": "1", "b": "2"}; words without `=` are no facts.
facts() { jq -cn --arg line "$1" '[$line | splits(" +") | select(test("=")) | capture("(?<key>[^=]+)=(?<value>.*)")] | from_entries'; }

answer() {
  report STARTED '{}'
  local output code=0
  output=$("$program" "$cluster" "$upgrade" "$phase" 2>&1) || code=$?
  local last
  last=$(tail -n 1 <<<"$output")
  case $code in
    0) report COMPLETED "$(jq -cn --argjson facts "$(facts "$last")" '{facts: $facts}')" ;;
    75) report FAILED "$(jq -cn --arg reason "$last" '{failure: {kind: "RETRYABLE", reason: $reason}}')" ;;
    *) report FAILED "$(jq -cn --arg reason "exit code $code: $last" '{failure: {kind: "FATAL", reason: $reason}}')" ;;
  esac
}

# A consumer group commits what was read, so that a restart goes on where it stopped.
exec {requests}< <(exec kcat -E -b "$broker" -G "$group" -X auto.offset.reset=earliest -u -q -f '%h\n' changeover.commands.runbook)
consumer=$!
trap 'kill "$consumer" 2>/dev/null || true' EXIT
while IFS= read -r -u "$requests" headers; do
  [ "$(header ce_runbook "$headers")" = "$runbook" ] || continue
  cluster=$(header ce_cluster "$headers")
  upgrade=$(header ce_subject "$headers")
  phase=$(header ce_phase "$headers")
  attempt=$(header ce_attempt "$headers")
  echo "doing $runbook for $cluster (upgrade $upgrade, phase $phase, attempt $attempt)" >&2
  answer
  if [ -n "${ONCE:-}" ]; then exit 0; fi
done
echo "kcat ended: expected it to wait for requests at $broker" >&2
exit 1
