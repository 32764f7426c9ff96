package dev.bartizan.provenance.oms;

import dev.bartizan.core.Digest;
import dev.bartizan.formats.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Files that a trusted signer vouched for: only a verified signature makes one of these.
///
/// Read are statements that list whole files by SHA-256 (`method` files, the usual one). Others are
/// refused, not misread.
public final class SignedFiles {
    private static final int MOST_BYTES = 64 << 20;
    private static final String STATEMENT = "https://in-toto.io/Statement/v1";
    private static final String PREDICATE = "https://model_signing/signature/v1.0";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Map<String, Digest> files;

    private SignedFiles(Map<String, Digest> files) {
        this.files = files;
    }

    /// Verifies a bundle.
    ///
    /// @param now when certificates must hold
    /// @throws NotVerified when the signature does not hold, is not the signer's, or is over
    ///   something else
    public static SignedFiles verify(Path bundle, TrustedSigner signer, Instant now)
            throws IOException, NotVerified {
        if (Files.size(bundle) > MOST_BYTES) {
            throw new NotVerified("it is larger than " + MOST_BYTES + " bytes");
        }
        Bundle parsed = Bundle.parse(Files.readAllBytes(bundle));
        SignatureCheck.check(parsed, signer, now);
        return new SignedFiles(listed(Bundle.read(parsed.payload(), "the statement")));
    }

    private static Map<String, Digest> listed(Json statement) throws NotVerified {
        boolean isOurs =
                statement.text("_type").orElse("").equals(STATEMENT)
                        && statement.text("predicateType").orElse("").equals(PREDICATE)
                        && statement.items("subject").size() == 1;
        Json predicate = statement.get("predicate").orElse(new Json.Null());
        Json serialization = predicate.get("serialization").orElse(new Json.Null());
        if (!isOurs) {
            throw new NotVerified("it signs something other than a model");
        }
        if (!serialization.text("method").orElse("").equals("files")
                || !serialization.text("hash_type").orElse("").equals("sha256")) {
            throw new NotVerified("it lists parts of files, or digests other than SHA-256");
        }
        Map<String, Digest> files = new LinkedHashMap<>();
        for (Json resource : predicate.items("resources")) {
            String name = resource.text("name").orElse("");
            String digest = resource.text("digest").orElse("");
            boolean isRight =
                    isInside(name)
                            && SHA256.matcher(digest).matches()
                            && resource.text("algorithm").orElse("").equals("sha256");
            if (!isRight || files.put(name, new Digest(digest)) != null) {
                throw new NotVerified("its list of files is not well formed at \"" + name + "\"");
            }
        }
        if (files.isEmpty()) {
            throw new NotVerified("it lists no file");
        }
        checkRoot(files, statement.items("subject").getFirst());
        return files;
    }

    private static boolean isInside(String name) {
        return !name.isEmpty()
                && !name.startsWith("/")
                && List.of(name.split("/", -1)).stream()
                        .noneMatch(part ->
                                part.isEmpty()
                                        || part.equals("..")
                                        || (part.equals(".") && !name.equals(".")));
    }

    /// The subject's digest is over the digests of the files, in their order.
    private static void checkRoot(Map<String, Digest> files, Json subject) throws NotVerified {
        try {
            MessageDigest all = MessageDigest.getInstance("SHA-256");
            files.values().forEach(digest -> all.update(HexFormat.of().parseHex(digest.hex())));
            String root = HexFormat.of().formatHex(all.digest());
            Optional<String> said = subject.get("digest").flatMap(digest -> digest.text("sha256"));
            if (!said.equals(Optional.of(root))) {
                throw new NotVerified("its root digest is not that of the files it lists");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /// Whether the signer vouched for a file.
    ///
    /// @param name its path below the signed folder, parts divided by `/`
    /// @param digest of its bytes as they are now
    public boolean covers(String name, Digest digest) {
        Digest listed = files.get(name);
        boolean isOnly = listed == null && files.size() == 1 && files.containsKey(".");
        return digest.equals(isOnly ? files.get(".") : listed);
    }

    /// What is listed, by name.
    public Map<String, Digest> files() {
        return Map.copyOf(files);
    }
}
