# Runs one throw-away PostgreSQL cluster: `sh -c "$(cat cluster.sh)" cluster BIN`.
#
# Prints the folder of its unix socket once it answers, then waits for the end of
# standard input, which comes when the tests' process ends, however it ends: by
# success, panic or SIGKILL. Then it stops the server and removes the folder. Listens
# on no network address.
set -eu
bin=$1
# Signals reach the whole process group; standard input ends right after. SIGPIPE comes
# where the tests end before they have read the folder.
trap '' HUP INT TERM PIPE
# Not $TMPDIR: a socket's path may have 107 bytes only, and another user has to reach it.
dir=$(mktemp -d /tmp/evenkeel-postgres-XXXXXX)
stop() {
    "$bin/pg_ctl" --pgdata="$dir/cluster" --mode=immediate stop >/dev/null 2>&1 || true
    rm -rf "$dir"
}
trap stop EXIT
cd "$dir"
"$bin/initdb" --pgdata="$dir/cluster" --username=evenkeel --auth=trust --encoding=UTF8 \
    --no-locale --no-sync >"$dir/initdb.log" 2>&1 || {
    cat "$dir/initdb.log" >&2
    exit 1
}
# fsync off: these tests ask what PostgreSQL answers, not what it keeps in a power cut.
"$bin/pg_ctl" --pgdata="$dir/cluster" --log="$dir/server.log" --wait --timeout=120 \
    --options="-c listen_addresses='' -c unix_socket_directories='$dir' -c fsync=off \
        -c max_connections=400" start >/dev/null 2>&1 </dev/null || {
    cat "$dir/server.log" >&2
    exit 1
}
echo "$dir"
cat >/dev/null
