package dev.bartizan.reports;

import dev.bartizan.core.Evidence;
import java.util.Optional;

/// Where the files that evidence keeps are read.
public interface KeptFiles {
    /// No file can be read.
    KeptFiles NONE = _ -> Optional.empty();

    /// The bytes of a kept file; empty when it is not there, too large or not what was kept.
    Optional<byte[]> bytes(Evidence.Attachment attachment);
}
