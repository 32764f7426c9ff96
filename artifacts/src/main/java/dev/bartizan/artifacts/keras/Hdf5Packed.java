package dev.bartizan.artifacts.keras;

import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.pickle.PickleAnalyser;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.Spool;
import dev.bartizan.formats.hdf5.Hdf5Tree.Dataset;
import dev.bartizan.formats.hdf5.Hdf5Tree.Kind;
import dev.bartizan.formats.hdf5.Hdf5Tree.Range;
import dev.bartizan.formats.hdf5.Unpacking;
import java.io.IOException;
import java.util.List;

/// The data of datasets, packed ones too. Of packed numbers as many chunks are unpacked and
/// searched as numbers are searched elsewhere; anything else is unpacked whole, and searched for
/// configurations too.
///
/// @param bytes from the superblock on
/// @param container what the file is for
/// @param start where the bytes are in the item
record Hdf5Packed(ByteSource bytes, KerasConfig.Container container, long start, Notes notes) {
    private static final int MOST_CHUNK_BYTES = 32 << 20;
    private static final int FIRST_PLUGIN_FILTER = 256;

    /// Whether it is packed in a way that is undone here.
    boolean canUnpack(Dataset dataset) {
        return !dataset.filters().isEmpty() && Unpacking.isKnown(dataset);
    }

    /// Numbers that only the library unpacks hold nothing that runs; for other filters it loads
    /// code.
    void sayWhatIsNotRead(Dataset dataset) {
        boolean needsPlugin =
                dataset.filters().stream().anyMatch(filter -> filter.id() >= FIRST_PLUGIN_FILTER);
        if (!dataset.filters().isEmpty() && (needsPlugin || dataset.kind() != Kind.NUMBER)) {
            notCovered(dataset);
        }
    }

    void look(Dataset dataset) throws IOException {
        try {
            if (dataset.kind() == Kind.NUMBER) {
                numbers(dataset);
            } else {
                content(dataset);
            }
        } catch (FormatException e) {
            if (e.kind() == FormatException.Kind.LIMIT) {
                notCovered(dataset);
                return;
            }
            String what = "The packed data of " + quoted(dataset) + " cannot be unpacked: ";
            notes.broken(Hdf5Analyser.BROKEN, Severity.MEDIUM, start + e.offset(), what + e.what());
        }
    }

    private void numbers(Dataset dataset) throws IOException, FormatException {
        for (int i = 0; i < dataset.data().size(); i++) {
            Range range = dataset.data().get(i);
            boolean isSearched = notes.budget().searchable() > 0;
            ByteSource chunk =
                    isSearched
                            ? ByteSource.of(unpack(dataset, i))
                            : bytes.slice(range.from(), range.to() - range.from());
            numbers(dataset.path(), chunk, range);
        }
    }

    /// Looks for what hides among numbers.
    ///
    /// @param range where they stand, packed or not
    void numbers(String path, ByteSource numbers, Range range) throws IOException {
        if (PickleAnalyser.isPickleAmongNumbers(numbers)) {
            notes.member(path, numbers, start + range.from(), start + range.to());
        } else {
            HiddenFiles.look(numbers, start + range.from(), notes);
        }
    }

    private void content(Dataset dataset) throws IOException, FormatException {
        if (dataset.data().isEmpty()) {
            return;
        }
        try (Spool spool = new Spool(notes.budget().memberBytes())) {
            for (int i = 0; i < dataset.data().size(); i++) {
                byte[] chunk = unpack(dataset, i);
                if (!spool.add(chunk, 0, chunk.length)) {
                    throw FormatException.limit(
                            dataset.data().get(i).from(), "It unpacks to more than the limit");
                }
            }
            try (ByteSource all = spool.toSource()) {
                numbers(dataset.path(), all, dataset.data().getFirst());
                new DocumentSearch(all, container, notes).run(List.of(new Range(0, all.size())));
            }
        }
    }

    private byte[] unpack(Dataset dataset, int index) throws IOException, FormatException {
        notes.checkTime();
        Range range = dataset.data().get(index);
        long length = range.to() - range.from();
        int limit = (int) Math.min(MOST_CHUNK_BYTES, notes.budget().memberBytes());
        if (length > limit) {
            throw FormatException.limit(range.from(), "A chunk of " + length + " bytes");
        }
        byte[] packed = bytes.bytes(range.from(), (int) length);
        try {
            byte[] chunk = Unpacking.chunk(dataset, index, packed, limit);
            notes.budget().unpacked(chunk.length);
            return chunk;
        } catch (FormatException e) {
            throw new FormatException(e.kind(), range.from(), e.what());
        }
    }

    private void notCovered(Dataset dataset) {
        notes.notCovered("the packed data of " + quoted(dataset));
    }

    private static String quoted(Dataset dataset) {
        return "\"" + Shown.text(dataset.path()) + "\"";
    }
}
