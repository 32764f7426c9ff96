# Building from a source checkout: is the jar stale, one build at a time, and a build that shows its progress.
# To be sourced by `bartizan` and `build`; uses here (the root of the checkout) and jar.

# True when the jar is missing or a source is newer than the start of the build that made it (the time of the
# stamp that packaging writes). Folders count, so that a removed file is seen too. One fork.
is_stale() {
    [ -e "$jar" ] && [ -e "$jar.sha256" ] || return 0
    [ -n "$(find "$here/pom.xml" "$here/launcher/FinishJar.java" "$here"/*/pom.xml "$here"/*/src/main \
        -newer "$jar.sha256")" ]
}

# Takes the lock of this checkout, waiting for whoever holds it; let go when the shell ends. The lock is a symbolic
# link that names the holder: made in one step, and a holder that died is recognised.
take_lock() {
    lock=$here/launcher/target/build.lock
    mkdir -p "${lock%/*}"
    waiting=''
    until ln -s "pid-$$" "$lock" 2>/dev/null; do
        holder=$(readlink "$lock") || continue
        if ! kill -0 "${holder#pid-}" 2>/dev/null; then
            steal_lock
            continue
        fi
        [ -n "$waiting" ] || echo "bartizan: another build runs here (process ${holder#pid-}); waiting for it" >&2
        waiting=yes
        sleep 1
    done
    trap 'rm -f "$lock"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# Removes the lock of a dead holder. Two may try at once: what was moved away is looked at before it is dropped.
steal_lock() {
    mv "$lock" "$lock.$$" 2>/dev/null || return 0
    if [ "$(readlink "$lock.$$")" = "$holder" ]; then
        rm -f "$lock.$$"
    else
        mv "$lock.$$" "$lock"
    fi
}

# Builds the jar with ./build and shows the modules go by; the whole output goes to a log.
build_jar() {
    if [ -n "${BARTIZAN_BUILDING:-}" ]; then
        echo "bartizan: the jar is missing or older than its sources, and this runs inside ./build, which makes it." >&2
        return 2
    fi
    require_maven || return 2
    log=$here/launcher/target/first-use.log
    if ! mkdir -p "${log%/*}" 2>/dev/null; then
        echo "bartizan: the jar must be built and $here cannot be written to. Build in a checkout of your own." >&2
        return 2
    fi
    echo "bartizan: building, for this is the first use or the sources changed; full log: $log" >&2
    {
        BARTIZAN_JAVA=$jdk "$here/build" --for-launcher 2>&1
        printf '\nbuild ended with %s\n' "$?"
    } | show_progress
    case "$(tail -n 1 "$log")" in
        "build ended with 0") return 0 ;;
    esac
    echo "bartizan: the build failed. The first errors, the rest is in $log:" >&2
    grep '^\[ERROR\]' "$log" | head -n 8 >&2
    return 2
}

# Copies standard input to the log, and one short line for each module to standard error.
show_progress() {
    while IFS= read -r line; do
        printf '%s\n' "$line"
        case "$line" in
            "[INFO] Building Bartizan"*"["*/*"]")
                step=${line##*\[}
                name=${line#*Building Bartizan: } # the parent has no name of its own, and nothing to build
                [ "$name" = "$line" ] || echo "bartizan: building ${step%\]} ${name%% *}" >&2
                ;;
            "bartizan: "*) printf '%s\n' "$line" >&2 ;;
        esac
    done >"$log"
}

require_maven() {
    command -v mvn >/dev/null 2>&1 && return
    echo "bartizan: Maven is missing. Install it (Debian: apt-get install maven), then run this again." >&2
    return 2
}
