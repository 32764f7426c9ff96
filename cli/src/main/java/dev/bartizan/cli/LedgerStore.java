package dev.bartizan.cli;

import dev.bartizan.core.Evidence;
import dev.bartizan.core.RawMaterial;
import dev.bartizan.core.ledger.Leaf;
import dev.bartizan.core.ledger.Ledger;
import dev.bartizan.core.run.EvidenceStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A ledger as the runner sees it.
record LedgerStore(Ledger ledger) implements EvidenceStore {
    @Override
    public List<Evidence> evidence() throws IOException {
        return ledger.evidence();
    }

    @Override
    public Evidence.Attachment keep(RawMaterial material) throws IOException {
        return ledger.keep(material);
    }

    @Override
    public Optional<byte[]> kept(Evidence.Attachment attachment) throws IOException {
        return ledger.kept(attachment);
    }

    @Override
    public void append(List<Evidence> pieces) throws IOException {
        ledger.append(pieces.stream().map(Leaf::of).toList());
    }
}
