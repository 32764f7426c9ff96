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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// When the launcher builds, in a checkout of its own with a Maven that is a script.
@Timeout(120)
class FirstUseTest {
    private static final Instant LONG_AGO = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2040-01-01T00:00:00Z");

    @TempDir Path world;
    private Checkout checkout;

    @BeforeEach
    void layOut() throws IOException {
        checkout = new Checkout(world);
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
        checkout.ready();
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
        checkout.ready();

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
        checkout.ready();
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
        Checkout.waitUntil(() -> Files.exists(world.resolve("mvn-started")));
        Started two = checkout.start(Map.of(), checkout.root, "./bartizan", "--version");
        Checkout.waitUntil(() -> Files.readString(two.err()).contains("another build runs here"));
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
}
