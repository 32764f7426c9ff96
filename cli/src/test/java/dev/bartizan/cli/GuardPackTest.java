package dev.bartizan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.cli.Shell.Ended;
import dev.bartizan.core.Digest;
import dev.bartizan.testkit.ModelSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardPackTest {
    private static final String RULES =
            """
            pack: team
            version: 3
            rule: names-the-project
            type: project-name
            score: 0.8
            reason: names the secret project
            literal: bluebird
            regex: project bluebird
            """;

    @TempDir private Path folder = Path.of("");
    private Path pack = Path.of("");
    private Path lines = Path.of("");
    private Digest digest = Digest.of("");

    @BeforeEach
    void write() throws IOException {
        pack = Files.writeString(folder.resolve("team.rules"), RULES);
        digest = Digest.ofFile(pack);
        lines =
                Files.writeString(
                        folder.resolve("l.jsonl"),
                        "{\"text\":\"When does Project Bluebird start?\"}\n");
    }

    private Ended check(Object... more) {
        List<Object> words = new ArrayList<>(List.of("guard", "check", "--jsonl", lines));
        words.addAll(Arrays.asList(more));
        return Shell.run(words.toArray());
    }

    private void refused(Ended ended, String... words) {
        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains(words).contains("mend:").doesNotContain("bug of ours");
    }

    @Test
    void aPinnedPackFlagsAndItsDigestStandsInTheOutput() {
        assertThat(check().out()).contains("\"verdict\":\"allow\"");
        Ended ended = check("--pack", pack + "=" + digest);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("\"verdict\":\"flag\"", "project-name", digest.toString());
        assertThat(ended.err()).contains("rules team 3, " + digest);
    }

    @Test
    void aPackThatIsNotPinnedOrHasChangedIsRefused() throws IOException {
        refused(check("--pack", pack), "not pinned", pack + "=" + digest);
        Files.writeString(pack, RULES.replace("0.8", "0.1"));
        refused(check("--pack", pack + "=" + digest), "its digest is", digest.toString());
        refused(check("--pack", folder.resolve("none")), "64 hexadecimal digits");
    }

    @Test
    void aSignedPackIsTakenFromItsSignerAlone() throws IOException {
        ModelSigner author = new ModelSigner("secp256r1");
        Path key = Files.writeString(folder.resolve("author.pem"), author.pem());
        refused(check("--pack", pack, "--pack-signer", key), "no *.sig lies beside it");
        Files.writeString(
                folder.resolve("team.rules.sig"), author.bundle("team.rules", digest.hex()));
        Ended ended = check("--pack", pack, "--pack-signer", key);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("project-name");
        Path other =
                Files.writeString(folder.resolve("other.pem"), new ModelSigner("secp256r1").pem());
        refused(check("--pack", pack, "--pack-signer", other), "Nobody who is trusted");
        Files.writeString(pack, RULES.replace("0.8", "0.1"));
        refused(check("--pack", pack, "--pack-signer", key), "pinned");
    }

    @Test
    void aPolicyPinsPacks() throws IOException {
        Path policy = folder.resolve("policy.yaml");
        Files.writeString(
                policy, "guard: 1\npacks:\n  - { file: team.rules, digest: " + digest + " }\n");
        assertThat(check("--policy", policy).out()).contains("project-name");
        Files.writeString(pack, RULES + "# changed\n");
        refused(check("--policy", policy), "pinned");
    }

    @Test
    void brokenRulesAreRefusedWithTheirLine() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.rules"), "pack: x\nrule: a\nregex: b\n");
        refused(check("--pack", bad + "=" + Digest.ofFile(bad)), "never fire", "bad.rules:3");
        Files.writeString(bad, "rule: a\nliteral: b\n");
        refused(check("--pack", bad + "=" + Digest.ofFile(bad)), "no name");
        Files.writeString(bad, "pack: x\nrule: a\nregex: (\n");
        refused(check("--pack", bad + "=" + Digest.ofFile(bad)), "bad.rules:3");
    }
}
