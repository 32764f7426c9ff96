package dev.bartizan.cli;

import dev.bartizan.artifacts.FileReport;
import dev.bartizan.artifacts.ScanPolicy;
import dev.bartizan.core.Digest;
import dev.bartizan.provenance.oms.NotVerified;
import dev.bartizan.provenance.oms.SignedFiles;
import dev.bartizan.provenance.oms.TrustedSigner;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Whose signature the files of a scan bear: bundles that lie beside a file or in a folder above it
/// are verified with the keys and certificates that a policy names.
final class ModelSignatures implements ScanPolicy.Signatures {
    private static final int MOST_LEVELS = 16;
    private static final int MOST_BUNDLES = 16;

    private final Map<String, TrustedSigner> signers;
    private final Consumer<String> doubts;
    private final Map<String, Optional<SignedFiles>> verified = new HashMap<>();
    private final Instant now = Instant.now();

    private ModelSignatures(Map<String, TrustedSigner> signers, Consumer<String> doubts) {
        this.signers = signers;
        this.doubts = doubts;
    }

    /// @param names as the policy names them; paths from the policy's folder
    /// @param doubts takes a sentence on every bundle that does not hold
    static ModelSignatures of(List<String> names, Path policy, Consumer<String> doubts)
            throws IOException {
        Map<String, TrustedSigner> signers = new HashMap<>();
        for (String name : names) {
            signers.put(name, TrustedSigner.read(policy.resolveSibling(name)));
        }
        return new ModelSignatures(signers, doubts);
    }

    @Override
    public boolean isSignedBy(String signer, FileReport report) {
        TrustedSigner trusted = signers.get(signer);
        Optional<Path> file = file(report);
        if (trusted == null || file.isEmpty() || report.sha256().isEmpty()) {
            return false;
        }
        Path folder = file.get().getParent();
        for (int level = 0; folder != null && level < MOST_LEVELS; level++) {
            if (isCovered(folder, file.get(), report.sha256().get(), signer, trusted)) {
                return true;
            }
            folder = folder.getParent();
        }
        return false;
    }

    private static Optional<Path> file(FileReport report) {
        try {
            Path file = Path.of(report.path()).toAbsolutePath().normalize();
            return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private boolean isCovered(
            Path folder, Path file, Digest digest, String signer, TrustedSigner trusted) {
        String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        return bundles(folder).stream()
                .map(bundle ->
                        verified.computeIfAbsent(
                                signer + "\n" + bundle, _ -> verify(bundle, signer, trusted)))
                .flatMap(Optional::stream)
                .anyMatch(signed -> signed.covers(name, digest));
    }

    private static List<Path> bundles(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().endsWith(".sig"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .limit(MOST_BUNDLES)
                    .toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of();
        }
    }

    private Optional<SignedFiles> verify(Path bundle, String signer, TrustedSigner trusted) {
        try {
            return Optional.of(SignedFiles.verify(bundle, trusted, now));
        } catch (NotVerified e) {
            doubts.accept(bundle + " is not taken as signed by " + signer + ": " + e.reason());
            return Optional.empty();
        } catch (IOException e) {
            doubts.accept(bundle + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }
}
