# Ends what a host leaves behind. Reads from the host, line by line:
#   start <pid> <signal>   a child runs; that signal asks it to end
#   end <pid>              the child has ended
#   folder <path>          to be removed at the end
#   stop                   the host has begun to stop
# The end of the input is the end of the host, however it came.
#
# Answers, on lines of their own, until the lock is held: `waiting`, while another host stops or the reaper of a dead one tidies
# up; then `ready`, or `taken` and the pid of the host that has the lock.
#
# Arguments: a name for `ps`; the lock file or nothing; the host's pid; how many seconds to wait for the lock; and how many
# for children to end before they are killed.

declare -A signals births
declare -a folders

# REPLY becomes the time at which process $1 started, or nothing when it has ended (a zombie, too, has ended: nobody may be
# there to bury it).
birth() {
    local stat
    REPLY=
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
    # The second field, the name in parentheses, may itself hold spaces: count from behind it.
    read -r -a stat <<<"${stat##*) }"
    [[ ${stat[0]} == [ZX] ]] || REPLY=${stat[19]}
}

# Sends signal $1 to the group of child $2, unless its pid now belongs to someone else. Where the child itself has ended, what
# is left of its group still has that number to itself. A child that has only just been made may not lead its group yet.
strike() {
    birth "$2"
    if [[ -z $REPLY || $REPLY == "${births[$2]}" ]]; then
        kill -s "$1" -- "-$2" || [[ -z $REPLY ]] || kill -s "$1" -- "$2"
    fi
}

some_child_runs() {
    local pid
    for pid in "${!births[@]}"; do
        birth "$pid"
        [[ -n $REPLY && $REPLY == "${births[$pid]}" ]] && return
    done
    return 1
}

# Waits until no child runs, for $1 seconds at most.
await_children() {
    local deadline=$((SECONDS + $1))
    while some_child_runs && ((SECONDS < deadline)); do
        sleep 0.05
    done
}

# Takes lock $1, open as descriptor $2, within $3 seconds. The file holds the pid and the birth of the host that has the lock,
# for as long as that host does not stop: while it lives there is nothing to wait for. A pid alone may be another's by now.
take_lock() {
    local deadline=$((SECONDS + $3)) said= owner born
    until flock --wait 0.1 "$2"; do
        owner= born=
        read -r owner born <"$1"
        if [[ -n $owner ]] && birth "$owner" && [[ -n $REPLY && $REPLY == "$born" ]] || ((SECONDS >= deadline)); then
            echo "taken $owner"
            return 1
        fi
        [[ -n $said ]] || echo waiting
        said=1
    done
}

main() {
    local lock=$2 host=$3 lock_limit=$4 stop_limit=$5 kill_limit=2 held word rest pid attempt

    # A host that is told to end may have these sent to its whole session; the reaper ends after it, not with it.
    trap '' HUP INT TERM

    if [[ -n $lock ]]; then
        exec {held}<>"$lock"
        take_lock "$lock" "$held" "$lock_limit" || return
        birth "$host"
        echo "$host $REPLY" >"$lock"
    fi
    echo ready
    exec >/dev/null 2>&1

    while read -r word rest; do
        case $word in
            start)
                pid=${rest% *}
                birth "$pid"
                births[$pid]=$REPLY
                signals[$pid]=${rest#* }
                ;;
            end) unset "births[$rest]" "signals[$rest]" ;;
            folder) folders+=("$rest") ;;
            stop) [[ -z $lock ]] || : >"$lock" ;;
        esac
    done

    for pid in "${!signals[@]}"; do
        strike "${signals[$pid]}" "$pid"
    done
    await_children "$stop_limit"
    for pid in "${!signals[@]}"; do
        strike KILL "$pid"
    done
    await_children "$kill_limit"

    # A server's own children may need a moment more to see that it has gone, and write until then.
    for attempt in {1..20}; do
        rm --recursive --force -- "${folders[@]}" && break
        sleep 0.1
    done
}

main "$@"; exit
