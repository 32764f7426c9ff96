package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.spi.Need;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The storages that a pickle of PyTorch asks for by persistent ids: `("storage", type, key,
/// location, count)` (torch, `serialization.py`, `persistent_load`).
final class StorageClaims {
    private static final int PARTS = 5;

    /// Files of old say of each storage whether it is a part of another one.
    private static final int PARTS_OF_OLD = 6;

    /// Bytes of one number.
    private static final Map<String, Integer> WIDTHS =
            Map.ofEntries(
                    Map.entry("FloatStorage", 4),
                    Map.entry("DoubleStorage", 8),
                    Map.entry("HalfStorage", 2),
                    Map.entry("BFloat16Storage", 2),
                    Map.entry("LongStorage", 8),
                    Map.entry("IntStorage", 4),
                    Map.entry("ShortStorage", 2),
                    Map.entry("CharStorage", 1),
                    Map.entry("ByteStorage", 1),
                    Map.entry("BoolStorage", 1),
                    Map.entry("ComplexFloatStorage", 8),
                    Map.entry("ComplexDoubleStorage", 16),
                    Map.entry("UntypedStorage", 1));

    private StorageClaims() {}

    /// What a persistent id asks an archive for; empty when it is no such id.
    static Optional<Need> need(Value id) {
        return id instanceof Group group && group.count() == PARTS
                ? storage(group)
                : Optional.empty();
    }

    /// What a persistent id asks for that follows the pickles of an old file.
    static Optional<Need> needOfOld(Value id) {
        return id instanceof Group group && group.count() == PARTS_OF_OLD
                ? storage(group)
                : Optional.empty();
    }

    /// How many numbers of its own type a storage has.
    static OptionalLong count(Value id) {
        return id instanceof Group group
                        && storage(group).isPresent()
                        && group.items().get(1) instanceof Imported type
                        && !type.name().equals("UntypedStorage")
                        && group.items().get(4) instanceof Value.Whole count
                ? OptionalLong.of(count.value())
                : OptionalLong.empty();
    }

    private static Optional<Need> storage(Group group) {
        List<Value> parts = group.items();
        if (parts.size() < PARTS) {
            return Optional.empty();
        }
        if (parts.get(0) instanceof Value.Text word
                && word.value().equals("storage")
                && parts.get(1) instanceof Imported type
                && parts.get(2) instanceof Value.Text key
                && parts.get(4) instanceof Value.Whole count) {
            int width = WIDTHS.getOrDefault(type.name(), 0);
            long most = width == 0 ? 0 : Long.MAX_VALUE / width;
            long bytes = Math.max(0, Math.min(count.value(), most)) * width;
            return Optional.of(new Need("data/" + key.value(), bytes));
        }
        return Optional.empty();
    }
}
