package dev.bartizan.artifacts.tensorflow;

import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The index of a TensorFlow checkpoint (tensorflow, `core/util/tensor_bundle`): a table that tells
/// where in the files beside it each variable lies.
public final class CheckpointAnalyser implements FormatAnalyser {
    private static final Rule BROKEN =
            Rule.structure("tensorflow-checkpoint", "Have the checkpoint saved again.", "CWE-20");
    private static final String ENDING = ".index";
    private static final int MOST_SHARDS = 99_999;

    /// Made for the list of formats.
    public CheckpointAnalyser() {}

    @Override
    public String format() {
        return "tensorflow-checkpoint";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return item.hasEnding(ENDING) && (SortedTable.hasFooter(item.bytes()) || isNamed(item));
    }

    /// Other libraries have indexes of the same ending.
    private static boolean isNamed(Item item) {
        return item.name().equals("variables.index") || item.name().contains("ckpt");
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        if (!SortedTable.hasFooter(item.bytes())) {
            broken("The index of a checkpoint is a table of another form", notes);
            return;
        }
        Shards shards = new Shards();
        SortedTable.read(item.bytes(), shards::take);
        notes.coverAll();
        if (!shards.isSound()) {
            broken("The index does not say in how many files the variables lie", notes);
            return;
        }
        Optional<Path> place = item.file();
        if (place.isPresent()) {
            for (Map.Entry<Long, Long> shard : shards.ends.entrySet()) {
                shard(place.get(), shard.getKey(), shards.count, shard.getValue(), notes);
            }
        }
    }

    /// The files that the variables lie in, and how long each must be (tensor_bundle.proto). The
    /// entry without a key tells how many there are.
    private static final class Shards {
        private final SortedMap<Long, Long> ends = new TreeMap<>();
        private long count;

        void take(SortedTable.Entry entry) throws IOException, FormatException {
            Wire fields = Wire.read(entry.value());
            if (entry.keyBytes() == 0) {
                count = number(fields, 1);
                return;
            }
            long shard = number(fields, 3);
            if (shard < 0 || shard >= MOST_SHARDS) {
                throw FormatException.broken(0, "No file has number " + shard);
            }
            ends.merge(shard, number(fields, 4) + number(fields, 5), Math::max);
        }

        boolean isSound() {
            return count > 0 && count <= MOST_SHARDS && (ends.isEmpty() || ends.lastKey() < count);
        }
    }

    private static long number(Wire fields, int number) {
        return fields.last(number).map(Wire.Field::value).orElse(0L);
    }

    private static void shard(Path index, long shard, long shards, long end, Notes notes)
            throws IOException {
        String name = String.valueOf(index.getFileName());
        String file =
                String.format(
                        Locale.ROOT,
                        "%s.data-%05d-of-%05d",
                        name.substring(0, name.length() - ENDING.length()),
                        shard,
                        shards);
        Path beside = index.resolveSibling(file);
        if (!Files.isRegularFile(beside)) {
            broken("The variables should lie in " + file + ", which is not there", notes);
        } else if (end < 0 || Files.size(beside) < end) {
            broken(file + " is shorter than the index says", notes);
        }
    }

    private static void broken(String what, Notes notes) {
        notes.broken(BROKEN, Severity.LOW, 0, what);
    }
}
