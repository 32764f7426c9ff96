package dev.bartizan.artifacts.convert;

import dev.bartizan.artifacts.convert.Node.Items;
import dev.bartizan.artifacts.convert.Node.Text;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.weights.Tensor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The stream that `torch.save` wrote before version 1.6: magic number, protocol version, facts of
/// the machine, the object, the keys of the storages, then each storage as a count and its
/// elements, little-endian on every machine (pytorch/pytorch, `torch/csrc/serialization.cpp`).
final class LegacyStorages {
    private final Map<String, Later> storages = new HashMap<>();

    /// Bytes whose place is known only after the tensors on them are.
    private static final class Later implements ByteSource {
        private final long size;
        private ByteSource bytes = ByteSource.of(new byte[0]);

        Later(long size) {
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public int read(long offset, byte[] into, int at, int length) throws IOException {
            return bytes.read(offset, into, at, length);
        }

        @Override
        public void close() {}
    }

    /// Reads what follows the magic number.
    Node read(ByteReader in) throws IOException, FormatException, Refused {
        TensorCalls plain = new TensorCalls(StorageSource.NONE);
        new TensorPickle(in, plain).run();
        new TensorPickle(in, plain).run();
        Node root = new TensorPickle(in, new TensorCalls(this::storage)).run();
        Node keys = new TensorPickle(in, plain).run();
        if (!(keys instanceof Items items)) {
            throw new Refused("the list of storages is missing");
        }
        Set<String> seen = new HashSet<>();
        for (Node key : items.all()) {
            if (!(key instanceof Text text) || !seen.add(text.value())) {
                throw new Refused("the list of storages is not one of distinct texts");
            }
            place(text.value(), in);
        }
        if (!seen.containsAll(storages.keySet())) {
            throw new Refused("a tensor's storage is not in the file");
        }
        if (in.remaining() > 0) {
            throw new Refused(in.remaining() + " bytes stand behind the storages");
        }
        return root;
    }

    private Tensor.Storage storage(String key, long bytes) throws Refused {
        Later later = storages.computeIfAbsent(key, _ -> new Later(bytes));
        if (later.size != bytes) {
            throw new Refused("storage \"" + key + "\" has two sizes");
        }
        return new Tensor.Storage(later, ByteOrder.LITTLE_ENDIAN);
    }

    private void place(String key, ByteReader in) throws IOException, FormatException, Refused {
        Later later = storages.get(key);
        if (later == null) {
            throw new Refused("storage \"" + key + "\" belongs to no tensor");
        }
        long at = in.position();
        long count = in.i64();
        if (count < 0
                || (count == 0) != (later.size == 0)
                || (count > 0 && later.size % count != 0)) {
            throw FormatException.broken(at, "A storage has another size than its tensors say");
        }
        long start = in.position();
        in.skip(later.size);
        later.bytes = in.source().slice(start, later.size);
    }
}
