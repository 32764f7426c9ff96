# Paired medians: variants take turns, so that a change of the machine's load meets all of them.
# To be sourced by the measuring scripts. The first variant is the one that the ratios refer to.
TIMEFORMAT='%R %U %S'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
names=() commands=()

variant() { # name, command (split at blanks)
    names+=("$1")
    commands+=("$2")
}

describe_machine() {
    echo "machine: $(nproc) CPUs, $(uname -sm); $("$java" -version 2>&1 | sed -n 2p); $(date -u '+%d %b %Y %H:%M UTC')"
}

load() { cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime; }

measure() { # rounds; one more goes first, warms the page cache, and is dropped
    echo "rounds: $1, load before: $(load)"
    for ((round = 0; round <= $1; round++)); do
        for index in "${!names[@]}"; do
            { time ${commands[index]} >/dev/null 2>&1; } 2>"$work/time"
            [ "$round" = 0 ] || cat "$work/time" >>"$work/$index"
        done
    done
    echo "load after: $(load)"
}

median() {
    sort -n | awk '{ value[NR] = $1 } END { print (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2 }'
}

print_medians() {
    printf '| variant | wall ms | CPU ms | wall ratio | CPU ratio |\n|---|---|---|---|---|\n'
    for index in "${!names[@]}"; do
        printf '| %s | %.0f | %.0f | %.2f | %.2f |\n' "${names[index]}" \
            "$(awk '{ print $1 * 1000 }' "$work/$index" | median)" \
            "$(awk '{ print ($2 + $3) * 1000 }' "$work/$index" | median)" \
            "$(paste -d' ' "$work/0" "$work/$index" | awk '{ print $4 / $1 }' | median)" \
            "$(paste -d' ' "$work/0" "$work/$index" | awk '{ print ($5 + $6) / ($2 + $3) }' | median)"
    done
}
