package dev.bartizan.provenance.oms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.testkit.Corpora;
import dev.bartizan.testkit.ModelSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");

    /// Bundles that are right by the specification and that this reader refuses: other digests than
    /// SHA-256, or parts of files.
    private static final Set<String> NOT_READ =
            Set.of(
                    "colon-name-shards",
                    "empty-file-shards-added",
                    "files-blake2b",
                    "files-blake3",
                    "shards-1000",
                    "shards-blake2b",
                    "shards-exact-multiple");

    /// Fails only where a whole folder is compared with what is signed: files that nobody signed.
    private static final Set<String> ADDED =
            Set.of("extra-hidden", "symlink-added", "ignore-dot-extra", "ignore-escape");

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> all = Files.list(Corpora.folder("provenance/oms-generated"))) {
            return all
                    .filter(folder -> Files.exists(folder.resolve("case.json")))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void vectorsOfOthersAreJudgedAsTheyExpect(Path folder) throws IOException {
        String id = folder.getFileName().toString();
        String about = Files.readString(folder.resolve("case.json"));
        boolean passes = about.contains("\"expected\": \"pass");
        boolean fails = about.contains("\"expected\": \"fail\"");
        if (passes && !NOT_READ.contains(id)) {
            assertThat(isVerified(folder)).as(id).isTrue();
        }
        if ((fails && !ADDED.contains(id)) || NOT_READ.contains(id)) {
            assertThat(isVerified(folder)).as(id).isFalse();
        }
    }

    /// Whether the bundle verifies and every file that it lists is as it says; where the files are
    /// packed, the bundle alone.
    private static boolean isVerified(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path trusted =
                    files.filter(file -> file.toString().endsWith(".pem"))
                            .findFirst()
                            .orElseThrow();
            SignedFiles signed =
                    SignedFiles.verify(
                            folder.resolve("bundle.sig"), TrustedSigner.read(trusted), NOW);
            if (!Files.exists(folder.resolve("model"))) {
                return true;
            }
            for (String name : signed.files().keySet()) {
                Path file = folder.resolve("model").resolve(name);
                if (!Files.isRegularFile(file) || !signed.covers(name, Digest.ofFile(file))) {
                    return false;
                }
            }
            return true;
        } catch (NotVerified e) {
            assertThat(e.reason()).isNotBlank();
            return false;
        } catch (UserError e) {
            return false;
        }
    }

    @Test
    void whatIsListedIsCoveredAndNothingElse(@TempDir Path folder) throws IOException, NotVerified {
        ModelSigner pair = new ModelSigner("secp256r1");
        Path bundle = folder.resolve("model.sig");
        Digest digest = Digest.of("weights");
        Files.writeString(bundle, pair.bundle("a/w.bin", digest.hex()));
        SignedFiles signed = SignedFiles.verify(bundle, signer(pair, folder), NOW);
        assertThat(signed.covers("a/w.bin", digest)).isTrue();
        assertThat(signed.covers("a/w.bin", Digest.of("other"))).isFalse();
        assertThat(signed.covers("w.bin", digest)).isFalse();
        ModelSigner other = new ModelSigner("secp256r1");
        assertThatThrownBy(() -> SignedFiles.verify(bundle, signer(other, folder), NOW))
                .isInstanceOf(NotVerified.class);
    }

    @Test
    void namesThatLeaveTheFolderAreRefused(@TempDir Path folder) throws IOException {
        ModelSigner pair = new ModelSigner("secp384r1");
        for (String name : List.of("../w", "/w", "a//b", "a/./b", "")) {
            Path bundle = folder.resolve("model.sig");
            Files.writeString(bundle, pair.bundle(name, Digest.of("x").hex()));
            assertThatThrownBy(() -> SignedFiles.verify(bundle, signer(pair, folder), NOW))
                    .as(name)
                    .isInstanceOf(NotVerified.class);
        }
    }

    private static TrustedSigner signer(ModelSigner signer, Path folder) throws IOException {
        return TrustedSigner.read(Files.writeString(folder.resolve("key.pem"), signer.pem()));
    }
}
