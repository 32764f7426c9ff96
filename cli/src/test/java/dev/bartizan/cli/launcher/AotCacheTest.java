package dev.bartizan.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.launcher.Checkout.Run;
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

/// Where the AOT cache lies, when it is made, and when it is not used.
@Timeout(120)
class AotCacheTest {
    private static final Instant LONG_AGO = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir Path world;
    private Checkout checkout;

    @BeforeEach
    void layOut() throws IOException {
        checkout = new Checkout(world);
    }

    @Test
    void theCacheIsTrainedOnceForAJarAndAJdk() throws Exception {
        checkout.ready();
        Path caches = checkout.home.resolve(".cache/bartizan");
        Path aot =
                caches.resolve(
                        "0123abcd-Fake-25.0.3-25.0.3+9-" + Checkout.ARCHITECTURE + "-commands.aot");
        assertThat(Checkout.files(caches)).containsExactly(aot);
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
        assertThat(Checkout.files(caches)).hasSize(2).contains(aot);
    }

    @Test
    void scansHaveACacheOfTheirOwnUnlessTheyNeedMore() throws Exception {
        checkout.ready();
        String scans = "0123abcd-Fake-25.0.3-25.0.3+9-" + Checkout.ARCHITECTURE + "-scan.aot";

        assertThat(checkout.bartizan("scan", "m.pkl").args())
                .anyMatch(arg -> arg.startsWith("-XX:AOTCache=") && arg.endsWith(scans));
        assertThat(checkout.bartizan("scan", "m.pkl", "--format", "sarif").args())
                .noneMatch(arg -> arg.endsWith(scans));
        assertThat(checkout.bartizan("threats", "scan").args())
                .noneMatch(arg -> arg.endsWith(scans));
    }

    @Test
    void attacksHaveACacheOfTheirOwn() throws Exception {
        checkout.ready();
        String attacks = "0123abcd-Fake-25.0.3-25.0.3+9-" + Checkout.ARCHITECTURE + "-attack.aot";

        for (String command : List.of("attack", "harden")) {
            assertThat(checkout.bartizan(command, "m.onnx").args())
                    .anyMatch(arg -> arg.startsWith("-XX:AOTCache=") && arg.endsWith(attacks))
                    .contains("-XX:Tier4InvocationThreshold=50000")
                    .doesNotContain("-XX:TieredStopAtLevel=1");
        }
        assertThat(checkout.bartizan("assess", "attack").args())
                .noneMatch(arg -> arg.endsWith(attacks));
    }

    @Test
    void theCacheFolderFollowsXdg() throws Exception {
        checkout.ready();
        Path xdg = world.resolve("xdg caches");

        Run run =
                checkout.run(
                        Map.of("XDG_CACHE_HOME", xdg.toString()),
                        checkout.root,
                        "./bartizan",
                        "--version");

        assertThat(Checkout.files(xdg.resolve("bartizan"))).hasSize(1);
        assertThat(run.args()).anyMatch(arg -> arg.startsWith("-XX:AOTCache=" + xdg));
    }

    @Test
    void oldCachesGoAndTheNewestStay() throws Exception {
        Path caches = Files.createDirectories(checkout.home.resolve(".cache/bartizan"));
        for (int age = 1; age <= 10; age++) {
            Path old = Files.writeString(caches.resolve("old-" + age + ".aot"), "aot");
            Files.setLastModifiedTime(old, FileTime.from(LONG_AGO.minusSeconds(age)));
        }
        Path dead = Files.createDirectories(caches.resolve("training-99999999"));

        checkout.ready();

        assertThat(Checkout.files(caches).stream().map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder(
                        "0123abcd-Fake-25.0.3-25.0.3+9-" + Checkout.ARCHITECTURE + "-commands.aot",
                        "old-1.aot",
                        "old-2.aot",
                        "old-3.aot",
                        "old-4.aot",
                        "old-5.aot",
                        "old-6.aot",
                        "old-7.aot",
                        "old-8.aot");
        assertThat(dead).doesNotExist();
    }

    @Test
    void withoutAPlaceForTheCacheItRunsWithout() throws Exception {
        checkout.ready();
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
        checkout.ready();
        Path aot =
                checkout.home.resolve(
                        ".cache/bartizan/0123abcd-Fake-25.0.3-25.0.3+9-"
                                + Checkout.ARCHITECTURE
                                + "-commands.aot");
        Files.writeString(aot, "");

        Run run = checkout.bartizan("--version");

        assertThat(run.args()).noneMatch(arg -> arg.startsWith("-XX:AOTCache"));
        assertThat(aot).isEmptyFile();
    }
}
