package dev.bartizan.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.launcher.Checkout.Run;
import dev.bartizan.cli.launcher.Checkout.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Starts the real `bartizan` and `build` in a checkout of their own, with JDKs and a Maven that
/// are scripts.
@Timeout(120)
class LauncherTest {
    private static final Instant LONG_AGO = Instant.parse("2026-11-01T00:00:00Z");
    private static final long POLL_NANOS = 20_000_000;
    private static final Instant LATER = Instant.parse("2040-01-01T00:00:00Z");

    @TempDir Path world;
    private Checkout checkout;

    @BeforeEach
    void layOut() throws IOException {
        checkout = new Checkout(world);
    }

    @Test
    void jdkInAUsualFolderIsFoundBehindAnOlderOneOnThePath() throws Exception {
        checkout.putOnPath(checkout.jdk("usr/lib/jvm/java-17", "17.0.12"));
        Path jdk25 = checkout.jdk("usr/lib/jvm/temurin-25", "25.0.3");
        checkout.installMaven();

        Run run = checkout.bartizan("--version");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("jdk: " + jdk25 + "\n");
    }

    @Test
    void aNewJdkOnThePathIsTakenThroughItsLinks() throws Exception {
        checkout.jdk("usr/lib/jvm/temurin-25", "25.0.3");
        Path jdk26 = checkout.jdk("some where/jdk-26", "26");
        checkout.putOnPath(jdk26);

        assertThat(findJdk(Map.of()).out()).isEqualTo(jdk26 + "\n");
    }

    @Test
    void javaHomeComesBeforeThePathUnlessItIsTooOld() throws Exception {
        checkout.putOnPath(checkout.jdk("path/jdk-25", "25.0.1"));
        Path good = checkout.jdk("java home/25", "25.0.2");
        Path old = checkout.jdk("java home/21", "21.0.9");

        assertThat(findJdk(Map.of("JAVA_HOME", good.toString())).out()).isEqualTo(good + "\n");
        assertThat(findJdk(Map.of("JAVA_HOME", old.toString())).out()).endsWith("/path/jdk-25\n");
    }

    @Test
    void bartizanJavaComesFirstAndMayNameTheProgram() throws Exception {
        Path home = checkout.jdk("java home/25", "25.0.2");
        Path mine = checkout.jdk("mine/25", "25.0.3");

        Map<String, String> environment =
                Map.of(
                        "JAVA_HOME",
                        home.toString(),
                        "BARTIZAN_JAVA",
                        mine.resolve("bin/java").toString());

        assertThat(findJdk(environment).out()).isEqualTo(mine + "\n");
    }

    @Test
    void aWrongBartizanJavaIsSaidAndNothingElseIsTaken() throws Exception {
        checkout.jdk("usr/lib/jvm/temurin-25", "25.0.3");
        Path old = checkout.jdk("mine/17", "17");

        for (String wrong : List.of(old.toString(), "/nowhere at all")) {
            Run run =
                    checkout.run(
                            Map.of("BARTIZAN_JAVA", wrong),
                            checkout.root,
                            "./bartizan",
                            "--version");

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .contains("BARTIZAN_JAVA=" + wrong, "JDK 25");
        }
    }

    @Test
    void withoutAJdkOneLineSaysWhatToInstall() throws Exception {
        checkout.putOnPath(checkout.jdk("usr/lib/jvm/java-17", "17.0.12"));
        checkout.installMaven();

        for (String command : List.of("./bartizan", "./build")) {
            Run run = checkout.run(Map.of(), checkout.root, command);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .contains("no JDK 25", "Install");
        }
    }

    @Test
    void brokenReleaseFilesArePassedOver() throws Exception {
        Path empty = checkout.jdk("usr/lib/jvm/a-empty", "25");
        Files.writeString(empty.resolve("release"), "");
        Path words = checkout.jdk("usr/lib/jvm/b-words", "25");
        Files.writeString(words.resolve("release"), "JAVA_VERSION=\"new\"\n");
        Path early = checkout.jdk("usr/lib/jvm/c-early", "25");
        Files.writeString(early.resolve("release"), "JAVA_VERSION=\"27-ea\"");

        assertThat(findJdk(Map.of()).out()).isEqualTo(early + "\n");
    }

    @Test
    void withoutMavenOneLineSaysWhatToInstall() throws Exception {
        checkout.jdk("usr/lib/jvm/temurin-25", "25.0.3");

        for (String command : List.of("./bartizan", "./build")) {
            Run run = checkout.run(Map.of(), checkout.root, command);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .contains("Maven is missing", "Install");
        }
    }

    @Test
    void mavenIsNotNeededOnceTheJarIsThere() throws Exception {
        ready();
        Files.delete(world.resolve("bin/mvn"));

        assertThat(checkout.bartizan("--version").exitCode()).isZero();
    }

    @Test
    void firstUseBuildsTheJarAndShowsTheModules() throws Exception {
        checkout.jdk("usr/lib/jvm/temurin-25", "25.0.3");
        checkout.installMaven();

        Run first = checkout.bartizan("--version");
        Run second = checkout.bartizan("--version");

        assertThat(first.err()).contains("bartizan: building 2/12 core");
        assertThat(first.out()).doesNotContain("INFO");
        assertThat(checkout.mavenCalls())
                .singleElement()
                .asString()
                .contains("-pl cli -am", "package");
        assertThat(second.err()).isEmpty();
    }

    @Test
    void aChangedSourceOrPomBuildsAgainAndATestDoesNot() throws Exception {
        ready();

        checkout.touch("core/src/test/java/ATest.java", LATER);
        Files.setLastModifiedTime(checkout.root.resolve("core/src/main"), FileTime.from(LONG_AGO));
        assertThat(checkout.bartizan("--version").exitCode()).isZero();
        assertThat(checkout.mavenCalls()).hasSize(1);

        Files.setLastModifiedTime(
                checkout.root.resolve("core/src/main/java/A.java"), FileTime.from(LATER));
        checkout.bartizan("--version");
        assertThat(checkout.mavenCalls()).hasSize(2);

        Files.setLastModifiedTime(
                checkout.root.resolve("core/src/main/java/A.java"), FileTime.from(LONG_AGO));
        Files.setLastModifiedTime(checkout.root.resolve("cli/pom.xml"), FileTime.from(LATER));
        checkout.bartizan("--version");
        assertThat(checkout.mavenCalls()).hasSize(3);
    }

    @Test
    void aRemovedSourceBuildsAgain() throws Exception {
        ready();
        Files.delete(checkout.root.resolve("core/src/main/java/A.java"));
        Files.setLastModifiedTime(
                checkout.root.resolve("core/src/main/java"), FileTime.from(LATER));

        checkout.bartizan("--version");

        assertThat(checkout.mavenCalls()).hasSize(2);
    }

    @Test
    void aFailedBuildShowsItsErrorsAndStartsNothing() throws Exception {
        checkout.jdk("usr/lib/jvm/temurin-25", "25.0.3");
        checkout.installMaven();
        Files.createFile(world.resolve("fail"));

        Run run = checkout.bartizan("--version");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("the build failed", "[ERROR] cannot find symbol", "first-use.log");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void buildRunsVerifyUnlessToldOtherwiseAndKeepsItsExitCode() throws Exception {
        checkout.jdk("usr/lib/jvm/temurin-25", "25.0.3");
        checkout.installMaven();

        assertThat(checkout.run(Map.of(), world, checkout.root + "/build").exitCode()).isZero();
        assertThat(
                        checkout.run(
                                        Map.of(),
                                        world,
                                        checkout.root + "/build",
                                        "-pl",
                                        "core",
                                        "test")
                                .exitCode())
                .isZero();
        assertThat(checkout.mavenCalls())
                .containsExactly(
                        "--batch-mode --no-transfer-progress verify",
                        "--batch-mode --no-transfer-progress -pl core test");

        Files.createFile(world.resolve("fail"));
        assertThat(checkout.run(Map.of(), world, checkout.root + "/build").exitCode()).isEqualTo(1);
    }

    @Test
    void twoFirstStartsBuildOnce() throws Exception {
        checkout.jdk("usr/lib/jvm/temurin-25", "25.0.3");
        checkout.installMaven();
        Files.createFile(world.resolve("hold"));

        Started one = checkout.start(Map.of(), checkout.root, "./bartizan", "--version");
        waitUntil(() -> Files.exists(world.resolve("mvn-started")));
        Started two = checkout.start(Map.of(), checkout.root, "./bartizan", "--version");
        waitUntil(() -> Files.readString(two.err()).contains("another build runs here"));
        Files.createFile(world.resolve("go"));

        assertThat(one.await().exitCode()).isZero();
        assertThat(two.await().exitCode()).isZero();
        assertThat(checkout.mavenCalls()).hasSize(1);
    }

    @Test
    void theLockOfADeadBuildIsTakenOver() throws Exception {
        checkout.jdk("usr/lib/jvm/temurin-25", "25.0.3");
        checkout.installMaven();
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path lock =
                Files.createDirectories(checkout.root.resolve("launcher/target"))
                        .resolve("build.lock");
        Files.createSymbolicLink(lock, Path.of("pid-" + dead.pid()));

        assertThat(checkout.bartizan("--version").exitCode()).isZero();
        assertThat(Files.isSymbolicLink(lock)).isFalse();
    }

    @Test
    void insideABuildNothingIsBuiltAgain() throws Exception {
        checkout.jdk("usr/lib/jvm/temurin-25", "25.0.3");
        checkout.installMaven();

        Run run =
                checkout.run(
                        Map.of("BARTIZAN_BUILDING", "1"), checkout.root, "./bartizan", "--version");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("inside ./build");
        assertThat(checkout.mavenCalls()).isEmpty();
    }

    @Test
    void argumentsAndExitCodePassThroughUnchanged() throws Exception {
        ready();

        Run run =
                checkout.run(
                        Map.of("FAKE_EXIT", "3"),
                        checkout.root,
                        "./bartizan",
                        "scan",
                        "a  b",
                        "",
                        "*",
                        "$HOME",
                        "-x=\"q\"");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.args()).endsWith("scan", "a  b", "", "*", "$HOME", "-x=\"q\"");
    }

    @Test
    void worksFromAnotherFolderAndThroughLinks() throws Exception {
        ready();
        Path links = Files.createDirectories(world.resolve("my links"));
        Path absolute =
                Files.createSymbolicLink(
                        links.resolve("absolute"), checkout.root.resolve("bartizan"));
        Path relative = Files.createSymbolicLink(links.resolve("relative"), Path.of("absolute"));

        for (Path command : List.of(checkout.root.resolve("bartizan"), absolute, relative)) {
            Run run = checkout.run(Map.of(), links, command.toString(), "--version");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.args())
                    .contains(checkout.root.resolve("cli/target/bartizan.jar").toString());
        }
        assertThat(checkout.run(Map.of(), links, "./relative", "--version").exitCode()).isZero();
        assertThat(
                        checkout.run(
                                        Map.of(),
                                        checkout.root.resolve("cli"),
                                        "../bartizan",
                                        "--version")
                                .exitCode())
                .isZero();
        assertThat(checkout.run(Map.of(), checkout.root, "sh", "bartizan", "--version").exitCode())
                .isZero();
        assertThat(checkout.mavenCalls()).hasSize(1);
    }

    @Test
    void theCacheIsTrainedOnceForAJarAndAJdk() throws Exception {
        ready();
        Path caches = checkout.home.resolve(".cache/bartizan");
        Path aot = caches.resolve("0123abcd-Fake-25.0.3-25.0.3+9-x86_64.aot");
        assertThat(files(caches)).containsExactly(aot);
        FileTime trained = Files.getLastModifiedTime(aot);

        Run second = checkout.bartizan("--version");

        assertThat(second.args()).contains("-XX:AOTCache=" + aot);
        assertThat(Files.getLastModifiedTime(aot)).isEqualTo(trained);

        Path other = checkout.jdk("other/25", "25.0.4");
        checkout.run(
                Map.of("BARTIZAN_JAVA", other.toString()),
                checkout.root,
                "./bartizan",
                "--version");
        assertThat(files(caches)).hasSize(2).contains(aot);
    }

    @Test
    void theCacheFolderFollowsXdg() throws Exception {
        ready();
        Path xdg = world.resolve("xdg caches");

        Run run =
                checkout.run(
                        Map.of("XDG_CACHE_HOME", xdg.toString()),
                        checkout.root,
                        "./bartizan",
                        "--version");

        assertThat(files(xdg.resolve("bartizan"))).hasSize(1);
        assertThat(run.args()).anyMatch(arg -> arg.startsWith("-XX:AOTCache=" + xdg));
    }

    @Test
    void oldCachesGoAndTheNewestStay() throws Exception {
        Path caches = Files.createDirectories(checkout.home.resolve(".cache/bartizan"));
        for (int age = 1; age <= 6; age++) {
            Path old = Files.writeString(caches.resolve("old-" + age + ".aot"), "aot");
            Files.setLastModifiedTime(old, FileTime.from(LONG_AGO.minusSeconds(age)));
        }
        Path dead = Files.createDirectories(caches.resolve("training-99999999"));

        ready();

        assertThat(files(caches).stream().map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder(
                        "0123abcd-Fake-25.0.3-25.0.3+9-x86_64.aot",
                        "old-1.aot",
                        "old-2.aot",
                        "old-3.aot");
        assertThat(dead).doesNotExist();
    }

    @Test
    void withoutAPlaceForTheCacheItRunsWithout() throws Exception {
        ready();
        Path file = Files.createFile(world.resolve("a file"));

        for (String home : List.of(file.toString(), "")) {
            Run run = checkout.run(Map.of("HOME", home), checkout.root, "./bartizan", "--version");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.args())
                    .contains("-jar")
                    .noneMatch(arg -> arg.startsWith("-XX:AOTCache"));
        }
    }

    @Test
    void anEmptyCacheIsNotUsedAndNotTriedAgain() throws Exception {
        ready();
        Path aot =
                checkout.home.resolve(".cache/bartizan/0123abcd-Fake-25.0.3-25.0.3+9-x86_64.aot");
        Files.writeString(aot, "");

        Run run = checkout.bartizan("--version");

        assertThat(run.args()).noneMatch(arg -> arg.startsWith("-XX:AOTCache"));
        assertThat(aot).isEmptyFile();
    }

    @Test
    void theCLocaleIsRaisedToUtf8AndOthersAreKept() throws Exception {
        ready();

        assertThat(checkout.bartizan("x").out()).contains("locale: C.UTF-8\n");
        assertThat(checkout.run(Map.of("LC_ALL", "C"), checkout.root, "./bartizan", "x").out())
                .contains("locale: C.UTF-8\n");
        assertThat(
                        checkout.run(
                                        Map.of("LC_ALL", "de_DE.UTF-8"),
                                        checkout.root,
                                        "./bartizan",
                                        "x")
                                .out())
                .contains("locale: de_DE.UTF-8\n");
    }

    @Test
    void onlyShortCommandsRunWithTheShortCompiler() throws Exception {
        ready();

        assertThat(checkout.bartizan("--version").args()).contains("-XX:TieredStopAtLevel=1");
        assertThat(checkout.bartizan("verify", "m.onnx").args())
                .doesNotContain("-XX:TieredStopAtLevel=1");
    }

    /// A checkout that is built, and whose cache is trained.
    private void ready() throws IOException, InterruptedException {
        checkout.jdk("usr/lib/jvm/temurin-25", "25.0.3");
        checkout.installMaven();
        Run run = checkout.bartizan("--version");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private Run findJdk(Map<String, String> environment) throws IOException, InterruptedException {
        return checkout.run(environment, world, checkout.root + "/launcher/find-jdk");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void waitUntil(Condition condition) throws IOException {
        while (!condition.holds()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }
}
