package dev.bartizan.artifacts;

import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Links to files and folders in a folder that is scanned. What a link leads to is what a loader
/// reads, so that one that leads out of the folder reads somebody else's file. In the cache of
/// Hugging Face (huggingface_hub, "Understand caching") every file of `snapshots/REVISION` is a
/// link into `blobs` beside it; those are as they should be.
final class LinkedFiles {
    private static final Rule LEADS_OUT =
            Rule.structure(
                    "link-leads-out",
                    "Replace the link by the file it should be; do not load what it leads to.",
                    "CWE-59",
                    "CWE-61");
    private static final Pattern PRIVATE =
            Pattern.compile(
                    "/(etc|proc|sys|dev|run|var/run|boot)/.*|/root/\\..*|(/home|/Users)/[^/]+/\\..*|.*/\\.(ssh|aws|kube|gnupg|docker|netrc|config/gcloud)(/.*)?");

    private LinkedFiles() {}

    /// What is wrong with a link; empty when it stays where it belongs.
    ///
    /// @param folder that is scanned
    /// @param shown the link as reports call it
    static Optional<Finding> look(Path link, Path folder, String shown) {
        try {
            Path target = link.toRealPath();
            Path root = folder.toRealPath();
            Path written = Files.readSymbolicLink(link);
            if (target.startsWith(root) || isBlob(root, target)) {
                return Optional.empty();
            }
            boolean isPrivate =
                    PRIVATE.matcher(target.toString().replace('\\', '/')).matches()
                            || PRIVATE.matcher(written.toString().replace('\\', '/')).matches();
            Severity severity =
                    isPrivate
                            ? Severity.HIGH
                            : written.isAbsolute() ? Severity.LOW : Severity.MEDIUM;
            return Optional.of(
                    new Finding(
                            LEADS_OUT.id(),
                            severity,
                            "The link leads out of the folder, to " + written,
                            shown,
                            LEADS_OUT.mend(),
                            LEADS_OUT.cwe(),
                            LEADS_OUT.atlas()));
        } catch (IOException e) {
            return Optional.empty(); // reported as a file that cannot be read
        }
    }

    /// `models--A--B/snapshots/REVISION` is scanned, and the target lies in `models--A--B/blobs`.
    private static boolean isBlob(Path root, Path target) {
        for (Path up = root; up != null; up = up.getParent()) {
            Path name = up.getFileName();
            Path repository = up.getParent();
            if (name != null && name.toString().equals("snapshots") && repository != null) {
                return target.startsWith(repository.resolve("blobs"));
            }
        }
        return false;
    }
}
