package dev.bartizan.core.run;

import dev.bartizan.core.Evidence;
import dev.bartizan.core.RawMaterial;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Where evidence is kept. Used by several threads at once.
public interface EvidenceStore {
    /// Everything kept so far.
    List<Evidence> evidence() throws IOException;

    /// Keeps a file; the same bytes are kept once.
    Evidence.Attachment keep(RawMaterial material) throws IOException;

    /// The bytes of a kept file; empty when it is gone or no longer what was kept.
    Optional<byte[]> kept(Evidence.Attachment attachment) throws IOException;

    /// Adds pieces for good: when it returns, they survive a crash.
    void append(List<Evidence> pieces) throws IOException;
}
