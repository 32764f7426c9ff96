package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// Bytes as PyTorch hands a storage to plain pickling: a file of the old form that holds the
/// storage and nothing else (torch, `storage.py`, `__reduce__`). Its five pickles name types of
/// storages and call nothing.
final class StorageBytes implements PickleEvents {
    private static final int PICKLES = 5;
    private static final String STORAGES = "torch(\\.storage|\\.cuda)?\\.\\w{0,40}Storage";

    private final Map<String, Long> storages = new HashMap<>();
    private boolean isOther;

    private StorageBytes() {}

    /// Whether a value is such bytes.
    static boolean areThose(Value value) {
        try {
            return value instanceof Value.Bytes bytes && areThose(bytes.bytes());
        } catch (IOException _) {
            return false; // what cannot be read is told where it is read next
        }
    }

    private static boolean areThose(ByteSource bytes) throws IOException {
        ByteReader in = new ByteReader(bytes);
        StorageBytes heard = new StorageBytes();
        TorchLegacy file = new TorchLegacy();
        try {
            for (int i = 0; i < PICKLES && !heard.isOther; i++) {
                file.saw(Interpreter.strict(in, heard).run(), heard.storages);
            }
            return !heard.isOther
                    && file.storagesEnd(bytes, in.position()).orElse(-1L) == bytes.size();
        } catch (FormatException _) {
            return false;
        }
    }

    @Override
    public void imported(Imported name) {
        isOther |= !name.dotted().matches(STORAGES);
    }

    @Override
    public void persistent(Value id, long offset) {
        StorageClaims.needOfOld(id)
                .ifPresent(need -> storages.merge(need.part(), need.bytes(), Math::max));
    }

    @Override
    public void called(Made made, Value result) {
        isOther = true;
    }

    @Override
    public void stateSet(Value object, Value state, long offset) {
        isOther = true;
    }

    @Override
    public void itemsPut(Value object, String method, long offset) {
        isOther = true;
    }

    @Override
    public void extension(long code, long offset) {
        isOther = true;
    }
}
