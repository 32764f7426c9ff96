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

/// Which JDK the launcher takes, among JDKs that are scripts.
@Timeout(120)
class FindJdkTest {
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

        assertThat(checkout.findJdk(Map.of()).out()).isEqualTo(jdk26 + "\n");
    }

    @Test
    void javaHomeComesBeforeThePathUnlessItIsTooOld() throws Exception {
        checkout.putOnPath(checkout.jdk("path/jdk-25", "25.0.1"));
        Path good = checkout.jdk("java home/25", "25.0.2");
        Path old = checkout.jdk("java home/21", "21.0.9");

        assertThat(checkout.findJdk(Map.of("JAVA_HOME", good.toString())).out())
                .isEqualTo(good + "\n");
        assertThat(checkout.findJdk(Map.of("JAVA_HOME", old.toString())).out())
                .endsWith("/path/jdk-25\n");
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

        assertThat(checkout.findJdk(environment).out()).isEqualTo(mine + "\n");
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

        assertThat(checkout.findJdk(Map.of()).out()).isEqualTo(early + "\n");
    }
}
