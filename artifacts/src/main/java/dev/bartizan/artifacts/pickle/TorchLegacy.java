package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Plain;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The stream that `torch.save` wrote before version 1.6: a magic number, a protocol version, facts
/// of the machine, the object and the list of storages, each a pickle, then each storage as a count
/// of items and the items.
final class TorchLegacy {
    private static final int PICKLES_BEFORE_STORAGES = 5;
    private static final String MAGIC = "<integer of 10 bytes>";
    private static final int LARGEST_ITEM_BYTES = 16;
    private static final int COUNT_BYTES = 8;

    private final Map<String, Long> claims = new HashMap<>();
    private int seen;
    private boolean startsWithMagic;
    private List<Value> storages = List.of();

    /// The class that `torch.load` gives for the id under which `torch.save` of old wrote it:
    /// `("module", class, path, source)`; empty for any other id.
    static Optional<Value> moduleClass(Value id) {
        boolean isModule =
                id instanceof Group group
                        && group.kind == Group.Kind.TUPLE
                        && group.items().size() == 4
                        && group.items().getFirst() instanceof Text kind
                        && kind.value().equals("module")
                        && group.items().get(1) instanceof Imported;
        return isModule ? Optional.of(((Group) id).items().get(1)) : Optional.empty();
    }

    /// @param storagesAskedFor bytes of each storage that the pickle asks for, by its key
    void saw(Value result, Map<String, Long> storagesAskedFor) {
        seen++;
        claims.putAll(storagesAskedFor);
        if (seen == 1) {
            startsWithMagic = result instanceof Plain plain && plain.shown().equals(MAGIC);
        }
        if (seen == PICKLES_BEFORE_STORAGES && result instanceof Group group) {
            boolean areKeys =
                    group.isWhole() && group.items().stream().allMatch(Text.class::isInstance);
            storages = areKeys ? group.items() : List.of();
        }
    }

    /// Whether every pickle that comes before the storages was read.
    boolean isComplete() {
        return seen >= PICKLES_BEFORE_STORAGES;
    }

    /// What is missing when nothing more follows; empty when all is there.
    Optional<String> missing(long storageBytes) {
        if (!startsWithMagic) {
            return Optional.empty();
        }
        if (seen < PICKLES_BEFORE_STORAGES) {
            return Optional.of(
                    seen + " of the " + PICKLES_BEFORE_STORAGES + " pickles of a PyTorch file");
        }
        return seen == PICKLES_BEFORE_STORAGES && storageBytes < leastBytes()
                ? Optional.of(
                        storageBytes
                                + " of the "
                                + leastBytes()
                                + " bytes of the data of "
                                + storages.size()
                                + " storages")
                : Optional.empty();
    }

    private long leastBytes() {
        long bytes = 0;
        for (Value key : storages) {
            long claim = claims.getOrDefault("data/" + ((Text) key).value(), 0L);
            bytes = Math.min(Long.MAX_VALUE / 2, bytes + COUNT_BYTES + claim);
        }
        return bytes;
    }

    private boolean isEachKnown() {
        return storages.stream()
                .allMatch(key -> claims.getOrDefault("data/" + ((Text) key).value(), 0L) > 0);
    }

    /// Where the storages end that start at `from`; empty when this is no such place.
    Optional<Long> storagesEnd(ByteSource bytes, long from) throws IOException {
        if (!startsWithMagic || seen != PICKLES_BEFORE_STORAGES || storages.isEmpty()) {
            return Optional.empty();
        }
        if (isEachKnown()) {
            return Optional.of(Math.min(bytes.size(), from + leastBytes()));
        }
        ByteReader reader = new ByteReader(bytes, from);
        long items = 0;
        try {
            if (storages.size() == 1) {
                items = reader.i64();
                boolean fits =
                        items >= 0
                                && reader.remaining() <= items * LARGEST_ITEM_BYTES
                                && (items == 0
                                        ? reader.remaining() == 0
                                        : reader.remaining() % items == 0);
                return fits ? Optional.of(bytes.size()) : Optional.empty();
            }
        } catch (FormatException e) {
            return Optional.empty();
        }
        return Optional.of(bytes.size());
    }
}
