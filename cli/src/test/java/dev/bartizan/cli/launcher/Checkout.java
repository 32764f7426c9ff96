package dev.bartizan.cli.launcher;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A source checkout in a folder with blanks in its name: the real launcher, sources that are
/// empty, and beside it a small world of its own: the usual folders of JDKs, a home, and a PATH
/// that holds nothing but what the scripts need. JDKs and Maven are scripts that tell how they were
/// called.
final class Checkout {
    private static final long POLL_NANOS = 20_000_000;

    /// What the scripts take from the PATH; neither java nor mvn.
    private static final List<String> TOOLS =
            List.of(
                    "sh",
                    "find",
                    "readlink",
                    "dirname",
                    "mkdir",
                    "ln",
                    "rm",
                    "mv",
                    "ls",
                    "grep",
                    "head",
                    "tail",
                    "sleep",
                    "touch",
                    "cat");

    private static final String JAVA =
            """
            #!/bin/sh
            for arg in "$@"; do
                case "$arg" in
                    -XX:AOTCacheOutput=*) printf aot >"${arg#*=}"; exit 0 ;;
                esac
            done
            echo "jdk: ${0%/bin/java}"
            echo "locale: ${LC_ALL:-}"
            for arg in "$@"; do echo "arg: <$arg>"; done
            exit "${FAKE_EXIT:-0}"
            """;

    /// What the launcher calls this machine: the kernel's word, else that of the JDK.
    static final String ARCHITECTURE = architecture(Path.of("/proc/sys/kernel/arch"));

    /// Counts its calls; waits for the file `go` where `hold` is there; makes the jar and its
    /// stamp.
    private static final String MVN =
            """
            #!/bin/sh
            echo "$*" >>"$WORLD/mvn-calls"
            touch "$WORLD/mvn-started"
            echo "[INFO] Building Bartizan: core 0.1.0   [2/12]"
            if [ -e "$WORLD/fail" ]; then echo "[ERROR] cannot find symbol"; exit 1; fi
            while [ -e "$WORLD/hold" ] && ! [ -e "$WORLD/go" ]; do sleep 0.05; done
            mkdir -p cli/target
            echo jar >cli/target/bartizan.jar
            echo 0123abcd >cli/target/bartizan.jar.sha256
            """;

    final Path world;
    final Path root;
    final Path home;
    private final Path bin;

    Checkout(Path world) throws IOException {
        this.world = world;
        this.root = world.resolve("source of bartizan");
        this.home = Files.createDirectories(world.resolve("home"));
        this.bin = Files.createDirectories(world.resolve("bin"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(bin.resolve(tool), tool(tool));
        }
        copyLauncher();
        for (String file :
                List.of(
                        "pom.xml",
                        "cli/pom.xml",
                        "core/pom.xml",
                        "core/src/main/java/A.java",
                        "core/src/test/java/ATest.java",
                        "cli/src/main/java/B.java")) {
            touch(file, Instant.parse("2026-11-01T00:00:00Z"));
        }
    }

    private static String architecture(Path kernel) {
        try {
            return Files.exists(kernel) ? Files.readString(kernel).strip() : "x86_64";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The root of the repository that this test belongs to.
    static Path repositoryRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("build"))) {
            folder =
                    Objects.requireNonNull(
                            folder.getParent(), "no checkout above the working directory");
        }
        return folder;
    }

    /// A JDK at a place below the world, such as `usr/lib/jvm/jdk-25`.
    Path jdk(String place, String version) throws IOException {
        Path jdk = world.resolve(place);
        script(jdk.resolve("bin/java"), JAVA);
        Files.writeString(
                jdk.resolve("release"),
                """
                IMPLEMENTOR_VERSION="Fake-%1$s"
                JAVA_RUNTIME_VERSION="%1$s+9"
                JAVA_VERSION="%1$s"
                OS_ARCH="%2$s"
                """
                        .formatted(version, ARCHITECTURE));
        return jdk;
    }

    /// Puts this JDK's java on the PATH, through two symbolic links as Debian does.
    void putOnPath(Path jdk) throws IOException {
        Path alternatives = Files.createDirectories(world.resolve("alternatives")).resolve("java");
        Files.createSymbolicLink(alternatives, jdk.resolve("bin/java"));
        Files.createSymbolicLink(bin.resolve("java"), Path.of("../alternatives/java"));
    }

    void installMaven() throws IOException {
        script(bin.resolve("mvn"), MVN.replace("$WORLD", world.toString()));
    }

    /// The goals of each call of Maven so far.
    List<String> mavenCalls() throws IOException {
        Path calls = world.resolve("mvn-calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    void touch(String file, Instant time) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        if (!Files.exists(path)) {
            Files.createFile(path);
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.filter(path::startsWith).toList()) {
                Files.setLastModifiedTime(each, FileTime.from(time));
            }
        }
    }

    /// Builds the jar and trains the cache, as a first start does.
    void ready() throws IOException, InterruptedException {
        jdk("usr/lib/jvm/temurin-25", "25.0.3");
        installMaven();
        Run run = bartizan("--version");
        if (run.exitCode() != 0) {
            throw new AssertionError(run.err());
        }
    }

    Run findJdk(Map<String, String> environment) throws IOException, InterruptedException {
        return run(environment, world, root + "/launcher/find-jdk");
    }

    Run bartizan(String... args) throws IOException, InterruptedException {
        return run(Map.of(), root, root.resolve("bartizan").toString(), args);
    }

    Run run(Map<String, String> environment, Path from, String command, String... args)
            throws IOException, InterruptedException {
        return start(environment, from, command, args).await();
    }

    Started start(Map<String, String> environment, Path from, String command, String... args)
            throws IOException {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of(args));
        Path out = Files.createTempFile(world, "out", "");
        Path err = Files.createTempFile(world, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .directory(from.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", bin.toString(), "HOME", home.toString()));
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, err);
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /// Waits for something that another process does; the test's time-out ends it otherwise.
    static void waitUntil(Condition condition) throws IOException {
        while (!condition.holds()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /// Something to wait for.
    interface Condition {
        boolean holds() throws IOException;
    }

    private void copyLauncher() throws IOException {
        Path real = repositoryRoot();
        Files.createDirectories(root.resolve("launcher"));
        for (String file : List.of("bartizan", "build")) {
            Files.copy(real.resolve(file), root.resolve(file), REPLACE_EXISTING);
        }
        try (Stream<Path> files = Files.list(real.resolve("launcher"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, root.resolve("launcher").resolve(file.getFileName()));
            }
        }
        Path jdks = root.resolve("launcher/jdk.sh");
        String ours =
                Files.readString(jdks).replaceAll("(?<=[ (])(/usr/|/opt/|/Library/)", world + "$1");
        Files.writeString(jdks, ours);
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path tool(String name) {
        return Stream.of("/usr/bin", "/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    /// A process under way.
    record Started(Process process, Path out, Path err) {
        private static final long PATIENCE_SECONDS = 60;

        Run await() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running: " + Files.readString(err));
            }
            return new Run(process.exitValue(), read(out), read(err));
        }

        private static String read(Path file) throws IOException {
            return Files.readString(file, StandardCharsets.UTF_8);
        }
    }

    /// What a process left.
    record Run(int exitCode, String out, String err) {
        List<String> args() {
            return out.lines()
                    .filter(line -> line.startsWith("arg: <"))
                    .map(line -> line.substring(6, line.length() - 1))
                    .toList();
        }
    }
}
