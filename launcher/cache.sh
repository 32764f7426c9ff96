# The AOT cache of the JVM: classes already parsed, linked and profiled, which makes a start two to three times shorter.
# To be sourced by `bartizan`; uses here, jar, jdk, cache (the user's folder), aot (the file wanted), commands (the
# file of what the training run executes), started (the jar that is started) and training (options of the JVM for it).
CACHES_KEPT=9 # three for each of three versions

# Makes the cache under a name of its own, then renames it, so that two first starts do not collide. Does nothing, and
# does not fail, where the folder cannot be written to: Bartizan then runs without a cache.
train_cache() {
    (umask 077 && mkdir -p "$cache") 2>/dev/null && [ -w "$cache" ] && [ -O "$cache" ] || return 0
    forget_dead_trainings
    scratch=$cache/training-$$
    mkdir "$scratch" 2>/dev/null || return 0
    [ -t 2 ] && echo "bartizan: preparing faster starts, once per version" >&2
    jar_folder=$(cd "${jar%/*}" && pwd)
    (
        # shellcheck disable=SC2086 # several words on purpose
        cd "$here" && exec "$jdk/bin/java" $training -XX:AOTCacheOutput="$scratch/new.aot" \
            -Dbartizan.cache="$scratch" -Dbartizan.build=training -cp "$jar_folder/${started##*/}" \
            dev.bartizan.cli.launcher.Training "launcher/$commands" "$scratch"
    ) </dev/null >"$scratch/log" 2>&1
    if [ -s "$scratch/new.aot" ]; then
        mv -f "$scratch/new.aot" "$aot"
    else
        : >"$aot" # an empty file: this JDK cannot make one, do not try at each start
    fi
    rm -rf "$scratch"
    forget_old_caches
}

# Our names hold no blanks, which makes reading the list of `ls` safe.
forget_old_caches() {
    (cd "$cache" && ls -t | grep '\.aot$' | tail -n "+$((CACHES_KEPT + 1))" | while IFS= read -r old; do rm -f "./$old"; done)
}

forget_dead_trainings() {
    for left in "$cache"/training-*; do
        [ -d "$left" ] && ! kill -0 "${left##*-}" 2>/dev/null && rm -rf "$left"
    done
}
