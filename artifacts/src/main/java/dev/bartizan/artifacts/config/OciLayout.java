package dev.bartizan.artifacts.config;

import dev.bartizan.artifacts.spi.NamedPaths;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Image layouts that carry models (OCI Image Layout Specification; CNCF ModelPack): `index.json`
/// names manifests, these name a configuration and layers, each by the digest under which it lies
/// in `blobs`. A blob that is another than its digest says is what no verified pull would have
/// written.
final class OciLayout {
    private static final long MOST_HASHED_BYTES = 256L << 20;
    private static final Pattern SHA256 = Pattern.compile("sha256:([0-9a-f]{64})");

    /// Where a layer is put: ModelPack, ORAS, Docker.
    private static final List<String> PATH_ANNOTATIONS =
            List.of(
                    "org.cncf.model.filepath",
                    "org.opencontainers.image.title",
                    "org.cnai.model.filepath");

    private static final Rule DIGEST =
            Rule.structure(
                    "oci-digest-mismatch",
                    "Pull the artifact again; what lies here is not what its manifest names.",
                    "CWE-354",
                    "CWE-345");

    private final Notes notes;

    private OciLayout(Notes notes) {
        this.notes = notes;
    }

    static void look(Json root, Notes notes) throws IOException {
        OciLayout layout = new OciLayout(notes);
        List<Json> descriptors = new ArrayList<>(root.items("manifests"));
        descriptors.addAll(root.items("layers"));
        root.get("config").ifPresent(descriptors::add);
        for (Json descriptor : descriptors) {
            layout.descriptor(descriptor);
        }
    }

    private void descriptor(Json descriptor) throws IOException {
        for (String key : PATH_ANNOTATIONS) {
            descriptor
                    .get("annotations")
                    .flatMap(annotations -> annotations.text(key))
                    .ifPresent(this::path);
        }
        for (Json url : descriptor.items("urls")) {
            if (url instanceof Json.Text text) {
                local(text.value());
            }
        }
        String written = descriptor.text("digest").orElse("");
        if (written.contains("/") || written.contains("..")) {
            path(written);
        }
        Matcher digest = SHA256.matcher(descriptor.text("digest").orElse(""));
        Optional<Path> folder = blobs();
        if (!digest.matches() || folder.isEmpty()) {
            return;
        }
        Path blob = folder.get().resolve(digest.group(1));
        if (!Files.isRegularFile(blob)) {
            notes.notCovered("the blob " + digest.group(1) + " is missing");
            return;
        }
        long size = Files.size(blob);
        long promised =
                descriptor
                        .get("size")
                        .filter(Json.Numeral.class::isInstance)
                        .map(number -> ((Json.Numeral) number).whole().orElse(-1L))
                        .orElse(size);
        boolean isSame =
                size == promised
                        && (size > MOST_HASHED_BYTES
                                || Digest.ofFile(blob).hex().equals(digest.group(1)));
        if (!isSame) {
            notes.findingAt(
                    DIGEST,
                    Severity.HIGH,
                    notes.item().path(),
                    "The blob "
                            + digest.group(1)
                            + " has other bytes than its digest and size say");
        } else if (size > MOST_HASHED_BYTES) {
            notes.notCovered("whether the blob " + digest.group(1) + " checks to its digest");
        }
    }

    /// `blobs/sha256` beside `index.json`, or the folder of the manifest, which is a blob itself.
    private Optional<Path> blobs() {
        return notes.item()
                .file()
                .map(file -> file.toAbsolutePath().getParent())
                .map(folder ->
                        folder.endsWith(Path.of("blobs", "sha256"))
                                ? folder
                                : folder.resolve("blobs").resolve("sha256"))
                .filter(Files::isDirectory);
    }

    /// A layer that is fetched from the machine that pulls.
    private void local(String url) {
        if (url.strip().toLowerCase(Locale.ROOT).startsWith("file:")) {
            notes.findingAt(
                    TextRules.PATH,
                    Severity.HIGH,
                    notes.item().path() + "#urls",
                    "A layer is a file of the machine that pulls it: \"" + Shown.text(url) + "\"");
        }
    }

    private void path(String path) {
        if (NamedPaths.isOutside(path)) {
            notes.findingAt(
                    TextRules.PATH,
                    Severity.HIGH,
                    notes.item().path() + "#annotations",
                    "A layer is put outside the model's folder: \""
                            + path.replaceAll("\\p{Cntrl}", "?")
                            + "\"");
        }
    }
}
