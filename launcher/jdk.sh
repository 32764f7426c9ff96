# Finds a JDK 25 or newer without starting a JVM: reads each candidate's `release` file.
# To be sourced; find_jdk sets jdk (its home) and jdk_key (what tells this JDK image from another).
# POSIX sh and `-ef`; no fork unless `java` on the PATH is a symbolic link to an unusual folder.
JDK_WANTED=25

# Reads $1/release into jdk_major and jdk_key; fails when there is none, or no bin/java beside it. The shell reads byte by
# byte and the list of modules is long: what is known by then, and what is too old, is not read to the end.
read_release() {
    [ -r "$1/release" ] && [ -x "$1/bin/java" ] || return 1
    jdk_major='' jdk_version='' jdk_runtime='' jdk_builder='' jdk_arch=''
    [ -r /proc/sys/kernel/arch ] && read -r jdk_arch </proc/sys/kernel/arch
    while IFS= read -r jdk_line || [ -n "$jdk_line" ]; do
        jdk_value=${jdk_line#*=\"}
        jdk_value=${jdk_value%%\"*}
        case "$jdk_line" in
            JAVA_VERSION=*) jdk_version=$jdk_value ;;
            JAVA_RUNTIME_VERSION=*) jdk_runtime=$jdk_value ;;
            IMPLEMENTOR_VERSION=*) jdk_builder=$jdk_value ;;
            OS_ARCH=*) jdk_arch=$jdk_value ;;
        esac
        jdk_major=${jdk_version%%[!0-9]*}
        [ -n "$jdk_major" ] || continue
        [ "$jdk_major" -ge "$JDK_WANTED" ] || return 1
        [ -n "$jdk_runtime" ] && [ -n "$jdk_builder" ] && [ -n "$jdk_arch" ] && break
    done <"$1/release"
    [ -n "$jdk_major" ] || return 1
    jdk_key=${jdk_builder:-jdk}-${jdk_runtime:-$jdk_version}-$jdk_arch
    case "$jdk_key" in
        */*) jdk_key=jdk-$jdk_major-odd ;;
    esac
}

try_jdk() {
    [ -n "$1" ] && read_release "$1" && jdk=$1
}

# The home of the first `java` on the PATH, through symbolic links; they mostly lead to one of the usual folders.
jdk_of_path() {
    jdk_link=''
    jdk_ifs=$IFS
    IFS=:
    set -f
    for jdk_folder in ${PATH:-}; do
        if [ -x "$jdk_folder/java" ]; then
            jdk_link=$jdk_folder/java
            break
        fi
    done
    set +f
    IFS=$jdk_ifs
    for jdk_folder in /usr/lib/jvm/*; do
        if [ "$jdk_folder/bin/java" -ef "$jdk_link" ]; then
            jdk_link=$jdk_folder
            return
        fi
    done
    while [ -L "$jdk_link" ]; do
        jdk_target=$(readlink "$jdk_link")
        case "$jdk_target" in
            /*) jdk_link=$jdk_target ;;
            *) jdk_link=${jdk_link%/*}/$jdk_target ;;
        esac
    done
    jdk_link=${jdk_link%/bin/java}
}

find_jdk() {
    if [ -n "${BARTIZAN_JAVA:-}" ]; then
        try_jdk "${BARTIZAN_JAVA%/bin/java}" && return
        echo "bartizan: BARTIZAN_JAVA=$BARTIZAN_JAVA is not a JDK $JDK_WANTED or newer. Point it at the home of one, or unset it." >&2
        return 2
    fi
    try_jdk "${JAVA_HOME:-}" && return
    jdk_of_path && try_jdk "$jdk_link" && return
    for jdk_folder in /usr/lib/jvm/* /usr/local/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
        "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        try_jdk "$jdk_folder" && return
    done
    echo "bartizan: no JDK $JDK_WANTED or newer found. Install Temurin $JDK_WANTED (package temurin-$JDK_WANTED-jdk), or set BARTIZAN_JAVA to the home of one." >&2
    return 2
}
