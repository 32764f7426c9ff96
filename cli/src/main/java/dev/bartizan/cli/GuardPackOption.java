package dev.bartizan.cli;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.policy.AddedStages;
import dev.bartizan.guard.rules.RulePack;
import dev.bartizan.provenance.oms.NotVerified;
import dev.bartizan.provenance.oms.SignedFiles;
import dev.bartizan.provenance.oms.TrustedSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Packs of rules by others, each pinned by its digest or signed by somebody who is trusted: rules
/// decide what passes, so a pack that changed unseen is refused.
final class GuardPackOption {
    private static final int MOST_BUNDLES = 16;
    private static final Pattern PINNED = Pattern.compile("(.+)=sha256:([0-9a-f]{64})");

    @Option(
            names = "--pack",
            paramLabel = "FILE[=sha256:DIGEST]",
            description =
                    "A pack of rules beside those that ship, pinned by its digest or, with"
                            + " --pack-signer, signed; may be given several times. docs/guard.md"
                            + " shows the form.")
    private List<String> packs = List.of();

    @Option(
            names = "--pack-signer",
            paramLabel = "PEM",
            description =
                    "The public key or the certificate of who signs packs: a bundle of model signing"
                            + " (OMS) named FILE.sig, or another *.sig beside it, must vouch for the"
                            + " pack.")
    private @Nullable Path signer;

    List<RulePack> read() throws IOException {
        List<RulePack> read = new ArrayList<>();
        for (String pack : packs) {
            Matcher pinned = PINNED.matcher(pack);
            if (pinned.matches()) {
                read.add(AddedStages.pack(Path.of(pinned.group(1)), new Digest(pinned.group(2))));
            } else if (signer != null) {
                Path file = Path.of(pack);
                read.add(AddedStages.pack(file, vouchedFor(file, TrustedSigner.read(signer))));
            } else {
                throw unpinned(pack);
            }
        }
        return read;
    }

    /// The digest that a signature beside the file vouches for.
    private static Digest vouchedFor(Path file, TrustedSigner signer) throws IOException {
        String name = file.getFileName().toString();
        String why = "no *.sig lies beside it";
        for (Path bundle : bundles(file.toAbsolutePath().getParent())) {
            try {
                Digest signed = SignedFiles.verify(bundle, signer, Instant.now()).files().get(name);
                if (signed != null) {
                    return signed;
                }
                why = bundle.getFileName() + " does not list it";
            } catch (NotVerified e) {
                why = bundle.getFileName() + ": " + e.reason();
            }
        }
        throw new UserError(
                "Nobody who is trusted vouches for the pack of rules: " + why,
                file.toString(),
                "Get the signature of its author, or read the rules and pin them by digest.");
    }

    private static List<Path> bundles(@Nullable Path folder) throws IOException {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().endsWith(".sig"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .limit(MOST_BUNDLES)
                    .toList();
        }
    }

    private static UserError unpinned(String pack) throws IOException {
        Path file = Path.of(pack);
        String mend =
                Files.isRegularFile(file)
                        ? "Read its rules; when they are meant, write --pack "
                                + pack
                                + "="
                                + Digest.ofFile(file)
                        : "Write --pack FILE=sha256: and 64 hexadecimal digits.";
        return new UserError("The pack of rules is not pinned by a digest", "--pack " + pack, mend);
    }
}
