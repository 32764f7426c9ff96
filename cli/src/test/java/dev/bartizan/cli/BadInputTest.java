package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the shell says when it is given something that it cannot use: exit 2, what, where, mend.
class BadInputTest {
    private static final int LAUGHS = 12;

    @TempDir private Path folder = Path.of("");

    @Test
    void aMissingFileIsNamed() {
        Ended ended = Shell.run("assess", folder.resolve("nothing.yaml"));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("nothing.yaml").doesNotContain("Exception");
    }

    @Test
    void aFolderIsNoSystemFile() {
        Ended ended = Shell.run("assess", folder);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains(folder.toString()).doesNotContain("Exception");
    }

    @Test
    void threeGigabytesAreRefusedUnread() throws IOException {
        Path big = folder.resolve("big.yaml");
        try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        Ended ended = Shell.run("assess", big);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("big.yaml").doesNotContain("Exception");
    }

    @Test
    void bytesThatAreNoUtf8AreLocated() throws IOException {
        Path file = folder.resolve("latin.yaml");
        Files.write(file, "bartizan: 1\nsystem: Caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        Ended ended = Shell.run("assess", file);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("latin.yaml:2:").contains("UTF-8");
    }

    @Test
    void aYamlBombIsRefused() throws IOException {
        StringBuilder bomb = new StringBuilder("bartizan: 1\nsystem: Bomb\n");
        bomb.append("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < LAUGHS; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ",").repeat(10)).append("x]\n");
        }
        Ended ended = Shell.run("assess", write("bomb.yaml", bomb.toString()));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("bomb.yaml").doesNotContain("Exception");
    }

    @Test
    void allMistakesAreToldAtOnceWithTheNearestGoodWord() throws IOException {
        Ended ended =
                Shell.run(
                        "assess",
                        write(
                                "system.yaml",
                                """
                                bartizan: 1
                                system: Wrong
                                elments: {}
                                elements:
                                  a: { kind: modle }
                                  b: { kind: llm, zone: nowhere }
                                flows:
                                  - a -> c
                                """));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("system.yaml:3:1", "elements")
                .contains("system.yaml:5:", "model")
                .contains("nowhere")
                .contains("\"c\"");
    }

    @Test
    void aCyclicFlowIsFine() throws IOException {
        Ended ended =
                Shell.run(
                        "assess",
                        write(
                                "system.yaml",
                                """
                                bartizan: 1
                                system: Round
                                elements:
                                  a: { kind: agent }
                                  b: { kind: agent }
                                flows:
                                  - a -> b -> a
                                  - b -> b
                                """));
        assertThat(ended.code()).as(ended.err()).isZero();
    }

    @Test
    void aMissingModelAndADeadEndpointAreReportedAndTheRestGoesOn() throws IOException {
        Files.writeString(folder.resolve("ok.csv"), "a,b\n1,2\n");
        Ended ended =
                Shell.run(
                        "assess",
                        write(
                                "system.yaml",
                                """
                                bartizan: 1
                                system: Half there
                                elements:
                                  gone: { kind: model, artifact: { path: nowhere.onnx } }
                                  dead: { kind: llm, endpoint: "http://127.0.0.1:1/v1" }
                                  data: { kind: training-data, artifact: { path: ok.csv } }
                                """));
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(Shell.run("evidence", "list", folder.resolve("system.yaml")).out())
                .contains("at gone")
                .contains("at dead")
                .contains("at data");
    }

    @Test
    void anEndpointWithALogInOrAKeyIsRefusedBeforeItIsWrittenAnywhere() throws IOException {
        for (String address :
                List.of(
                        "http://bob:PWSECRET@127.0.0.1:1/v1",
                        "http://127.0.0.1:1/?api_key=PWSECRET")) {
            Ended ended =
                    Shell.run(
                            "assess",
                            write(
                                    "system.yaml",
                                    "bartizan: 1\nsystem: S\nelements: {a: {kind: llm, endpoint: \""
                                            + address
                                            + "\"}}\n"));
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err()).contains("system.yaml:3:").doesNotContain("PWSECRET");
        }
    }

    @Test
    void aPipeAsModelIsNotReadForEver() throws Exception {
        Path pipe = folder.resolve("pipe.onnx");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertThat(made.waitFor()).isZero();
        Ended ended =
                Shell.run(
                        "assess",
                        write(
                                "system.yaml",
                                """
                                bartizan: 1
                                system: Pipe
                                elements: {m: {kind: model, artifact: {path: pipe.onnx}}}
                                """));
        assertThat(ended.code()).as(ended.err()).isZero();
    }

    @Test
    void aWrongOptionAndAWrongCheckNameTheRightOnes() throws IOException {
        Path system = write("system.yaml", "bartizan: 1\nsystem: S\nelements: {a: {kind: llm}}\n");
        assertThat(Shell.run("assess", system, "--fail-onn", "high"))
                .returns(2, Ended::code)
                .satisfies(ended -> assertThat(ended.err()).contains("--fail-on"));
        assertThat(Shell.run("assess", system, "--only", "artefact-scan"))
                .returns(2, Ended::code)
                .satisfies(ended -> assertThat(ended.err()).contains("artifact-scan"));
        assertThat(Shell.run("assess", system, "--fail-on", "severe"))
                .returns(2, Ended::code)
                .satisfies(ended -> assertThat(ended.err()).contains("critical"));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
