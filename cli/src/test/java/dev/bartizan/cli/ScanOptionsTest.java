package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.artifacts.ScanMemory;
import dev.bartizan.core.Digest;
import dev.bartizan.testkit.ModelSigner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanOptionsTest {
    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String model = "";

    @BeforeEach
    void writeAModelThatCalls() throws IOException {
        model =
                Files.write(
                                folder.resolve("m.pkl"),
                                "cos\ngetcwd\n)R.".getBytes(StandardCharsets.ISO_8859_1))
                        .toString();
    }

    @Test
    void aBaselineLetsKnownFindingsPass() throws IOException {
        assertThat(run("scan", model, "--format", "json")).isEqualTo(1);
        Path earlier = Files.writeString(folder.resolve("e.json"), out.toString());
        assertThat(run("scan", model, "--baseline", earlier.toString())).isZero();
    }

    @Test
    void aVersionThatReachesMoreIsAFinding() throws IOException {
        Files.write(folder.resolve("m.pkl"), new byte[] {(byte) 0x80, 2, 'N', '.'});
        run("scan", model, "--format", "json");
        Path earlier = Files.writeString(folder.resolve("e.json"), out.toString());
        writeAModelThatCalls();
        run("scan", model, "--compare", earlier.toString());
        assertThat(out.toString()).contains("file-reaches-more-than-before", "os.getcwd");
    }

    @Test
    void anExceptionHoldsUntilItExpires() throws IOException {
        String entry = "allow:\n  - { callable: os.getcwd, owner: a, until: ";
        Path policy = Files.writeString(folder.resolve("p.yaml"), entry + "2999-01-01 }\n");
        assertThat(run("scan", model, "--policy", policy.toString())).isZero();
        Files.writeString(policy, entry + "2020-01-01 }\n");
        assertThat(run("scan", model, "--policy", policy.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("expired on 2020-01-01");
    }

    @Test
    void whatATrustedSignerSignedPassesAndNothingElse() throws IOException {
        ModelSigner signer = new ModelSigner("secp256r1");
        Files.writeString(folder.resolve("key.pem"), signer.pem());
        String digest = Digest.ofFile(Path.of(model)).hex();
        Path bundle =
                Files.writeString(folder.resolve("model.sig"), signer.bundle("m.pkl", digest));
        Path policy =
                Files.writeString(
                        folder.resolve("p.yaml"),
                        "allow:\n  - { signer: key.pem, owner: a, until: 2999-01-01 }\n");
        assertThat(run("scan", model, "--policy", policy.toString())).isZero();
        assertThat(out.toString()).contains("let pass", "allowed until 2999-01-01 by a");
        Files.writeString(bundle, new ModelSigner("secp256r1").bundle("m.pkl", digest));
        assertThat(run("scan", model, "--policy", policy.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("model.sig is not taken as signed by key.pem");
        Files.writeString(bundle, signer.bundle("m.pkl", Digest.of("other").hex()));
        assertThat(run("scan", model, "--policy", policy.toString())).isEqualTo(1);
    }

    @Test
    void whatIsDeniedFailsAndIsCopied() throws IOException {
        Path policy = Files.writeString(folder.resolve("p.yaml"), "deny: [{ format: pickle }]\n");
        Path held = folder.resolve("held");
        int code =
                run(
                        "scan",
                        model,
                        "--fail-on",
                        "critical",
                        "--policy",
                        policy.toString(),
                        "--quarantine",
                        held.toString());
        assertThat(code).isEqualTo(1);
        try (var files = Files.list(held)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void anExceptionWithoutOwnerIsTheUsersMistake() throws IOException {
        Path policy =
                Files.writeString(folder.resolve("p.yaml"), "allow: [{ callable: os.getcwd }]\n");
        assertThat(run("scan", model, "--policy", policy.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("owner and until");
    }

    @Test
    void secretsAreFoundAndNotRepeated() throws IOException {
        String secret = "AKIA" + "Q7ZL5HVN2MTX3RBK";
        Path text = Files.writeString(folder.resolve("s.txt"), "aws_key = " + secret + "\n");
        run("scan", text.toString(), "--secrets");
        assertThat(out.toString()).contains("secret-beside-weights").doesNotContain(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "internal-host-named|\"db\": \"postgres://svc@db01.corp:5432/claims\"",
                "internal-host-named|url = 'http://jenkins:8080/job'",
                "internal-host-named|serves ollama.models.svc.cluster.local",
                "internal-host-named|bind 10.11.12.13 first",
                "internal-host-named|\"http://[fd12:3456::1]/x\"",
                "internal-host-named|HOST = \"gpu-01.lan\"",
                "internal-host-named|see https://wiki.ml.internal/page",
                "personal-data-beside-weights|by Erika <erika.muster@claims-desk.de>",
                "personal-data-beside-weights|iban DE89370400440532013000",
                "personal-data-beside-weights|card 4111 1111 1111 1111",
                "personal-data-beside-weights|call +49 30 901820",
                "|git@github.com:acme/x.git and you@example.com",
                "|http://localhost:8000 and https://example.org/x",
                "|s3://bucket/key and hf://acme/model and file://x",
                "|x = self.internal\ny = module.local",
                "|numpy 10.0.1 and 1.10.11.12.13",
                "|http://host:8080/ and http://your-server/",
                "|iban DE89370400440532013001",
                "|card 4111 1111 1111 1112",
            })
    void personsAndInternalMachinesAreSaidAsLow(String ruleAndText) throws IOException {
        String[] parts = ruleAndText.split("\\|", 2);
        Path notes = Files.writeString(folder.resolve("notes.txt"), parts[1] + "\n");
        assertThat(run("scan", notes.toString(), "--secrets", "--format", "json")).isZero();
        if (parts[0].isEmpty()) {
            assertThat(out.toString()).doesNotContain("internal-host-named", "personal-data");
        } else {
            assertThat(out.toString())
                    .contains("\"" + parts[0] + "\"", "\"low\"", "notes.txt@", "\"clean\"");
        }
    }

    @Test
    void patternsAreExpandedAndJunitCountsFailures() {
        assertThat(run("scan", folder + "/*.pkl", "--format", "junit")).isEqualTo(1);
        assertThat(out.toString()).contains("tests=\"1\" failures=\"1\"");
    }

    @Test
    void intakeRejectsWhatIsMaliciousAndPinsTheRest() throws IOException {
        assertThat(run("intake", model)).isEqualTo(1);
        Path plain = Files.writeString(folder.resolve("plain.txt"), "Hello.\n");
        Path html = folder.resolve("i.html");
        assertThat(run("intake", plain.toString(), "--html", html.toString())).isZero();
        assertThat(out.toString()).contains("APPROVE", "sha256: ");
        assertThat(html).content().contains("Bartizan intake", "approve");
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        return Bartizan.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void earlierResultsAreUsedWhereTheOptionsSayTheSame() throws IOException {
        assertThat(earlier("scan", folder.toString())).isPresent();
        assertThat(earlier("scan", folder.toString(), "--format", "json", "--fail-on", "low"))
                .isPresent();
        assertThat(earlier("scan", folder.toString(), "--secrets")).isPresent();
        assertThat(earlier("scan", folder.toString(), "--no-cache")).isEmpty();
        assertThat(earlier("scan", folder.toString(), "--secret-rules", "rules.toml")).isEmpty();
        assertThat(earlier("scan", folder.toString(), "--sha256")).isEmpty();
        assertThat(earlier("scan", model)).as("a small file").isEmpty();
        assertThat(earlier("scan", "-")).isEmpty();
    }

    @Test
    void withoutABuildToTellThemApartNoResultsAreKept() throws IOException {
        ScanArguments given = ScanArguments.plain("scan", folder.toString()).orElseThrow();
        assertThat(EarlierResults.open(given, folder.toString(), "")).isEmpty();
        assertThat(EarlierResults.open(given, "", "build")).isEmpty();
    }

    private Optional<ScanMemory> earlier(String... line) throws IOException {
        ScanArguments given = ScanArguments.plain(line).orElseThrow();
        return EarlierResults.open(given, folder.toString(), "build");
    }
}
