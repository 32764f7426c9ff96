package dev.bartizan.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.launcher.Checkout.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the launcher hands to the JVM and back, in a checkout of its own with JDKs that are
/// scripts.
@Timeout(120)
class LauncherTest {
    @TempDir Path world;
    private Checkout checkout;

    @BeforeEach
    void layOut() throws IOException {
        checkout = new Checkout(world);
    }

    @Test
    void argumentsAndExitCodePassThroughUnchanged() throws Exception {
        checkout.ready();

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
        checkout.ready();
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
    void theCLocaleIsRaisedToUtf8AndOthersAreKept() throws Exception {
        checkout.ready();

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
        checkout.ready();

        assertThat(checkout.bartizan("--version").args()).contains("-XX:TieredStopAtLevel=1");
        assertThat(checkout.bartizan("verify", "m.onnx").args())
                .doesNotContain("-XX:TieredStopAtLevel=1");
    }

    @Test
    void scansAreStartedByTheJarOfOneManifestWhereItIs() throws Exception {
        checkout.ready();
        assertThat(checkout.bartizan("scan", "m.pkl").args())
                .anyMatch(arg -> arg.endsWith("/bartizan.jar"));
        Files.writeString(checkout.root.resolve("cli/target/bartizan-start.jar"), "jar");
        assertThat(checkout.bartizan("scan", "m.pkl").args())
                .contains("-jar")
                .anyMatch(arg -> arg.endsWith("/bartizan-start.jar"));
        assertThat(checkout.bartizan("--version").args())
                .noneMatch(arg -> arg.endsWith("/bartizan-start.jar"));
    }

    @Test
    void scansAreToldWhichBuildTheyAreAndWhereResultsAreKept() throws Exception {
        checkout.ready();

        assertThat(checkout.bartizan("scan", "models").args())
                .contains(
                        "-Dbartizan.cache=" + checkout.home.resolve(".cache/bartizan"),
                        "-Dbartizan.build=0123abcd");
        assertThat(checkout.bartizan("--version").args())
                .noneMatch(arg -> arg.startsWith("-Dbartizan"));
    }

    @Test
    void hugePagesAreTakenWhereTheKernelHasThemButNotByAttacks() throws Exception {
        checkout.ready();
        Path kernel = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        boolean hasThem = Files.isReadable(kernel) && !Files.readString(kernel).contains("[never]");
        String option = "-XX:+UseTransparentHugePages";

        assertThat(checkout.bartizan("scan", "m.pkl").args().contains(option)).isEqualTo(hasThem);
        assertThat(checkout.bartizan("--version").args().contains(option)).isEqualTo(hasThem);
        assertThat(checkout.bartizan("attack", "m.onnx").args()).doesNotContain(option);
    }
}
