#!/bin/sh
# One scheduled call: run, then prune. What a scheduler without a journal needs around 'ketawatch'.
#
#   scheduled.sh STORE [ARGUMENTS FOR run ...]
#
# KETAWATCH names the command where it is not on the path. Silent where all is well (0), and where
# the time was up or it was stopped (130: the next call goes on); else it says what was said.
set -u
umask 027
# Cron gives neither a locale nor, on some systems, a home.
export LC_ALL="${LC_ALL:-C.UTF-8}" HOME="${HOME:-/var/lib/ketawatch}"

store=${1:?"usage: scheduled.sh STORE [ARGUMENTS FOR run ...]"}
shift
ketawatch=${KETAWATCH:-/srv/ketawatch/.venv/bin/ketawatch}
said=$(mktemp) || exit 1
trap 'rm -f "$said"' EXIT

"$ketawatch" run --store "$store" "$@" >"$said" 2>&1
code=$?
case $code in
0 | 130) ;;
*)
    cat "$said"
    echo "ketawatch run: exit code $code"
    ;;
esac
# Also after a bad end: a full disk is one. Only while somebody else holds the store (6) it waits.
if [ "$code" -ne 6 ]; then
    "$ketawatch" prune --store "$store" --yes >"$said" 2>&1 || cat "$said"
fi
[ "$code" -eq 130 ] && exit 0
exit "$code"
