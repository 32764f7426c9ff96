package dev.bartizan.cli;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpyFormatException;
import dev.bartizan.formats.npy.NpzReader;
import dev.bartizan.formats.npy.NpzWriter;
import dev.bartizan.robustness.AttackRecord;
import dev.bartizan.robustness.EvasionListener;
import dev.bartizan.robustness.EvasionResult;
import dev.bartizan.robustness.Examples;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The folder in which an attack keeps what it found so far, a file for each part of the examples.
/// It goes on only with the same target, examples and options.
final class AttackCheckpoint implements EvasionListener {
    private static final String PURPOSE = "purpose";
    private static final Pattern COMMA = Pattern.compile(",");
    private static final String NAMES = "attack.names";
    private static final int COUNTS = 5;

    private final Path folder;
    private final Examples examples;
    private final String purpose;
    private final EvasionListener next;
    private int done;

    /// @param folder that holds the parts; made when it is not there
    /// @param examples of the whole attack
    /// @param words everything else that the result depends on
    /// @param next hears the same
    AttackCheckpoint(Path folder, Examples examples, List<String> words, EvasionListener next) {
        this.folder = folder;
        this.examples = examples;
        this.next = next;
        purpose =
                Digest.of(
                                String.join("\n", words)
                                        + Arrays.hashCode(examples.values())
                                        + Arrays.hashCode(examples.labels())
                                        + examples.target())
                        .hex();
    }

    /// What earlier runs found; empty without one.
    ///
    /// @throws UserError when the folder is of another attack, or broken
    Optional<EvasionResult> read() throws IOException {
        Files.createDirectories(folder);
        Path stated = folder.resolve(PURPOSE);
        if (!Files.exists(stated)) {
            try (Stream<Path> others = Files.list(folder)) {
                if (others.findAny().isPresent()) {
                    throw other("The folder holds other files");
                }
            }
            Files.writeString(stated, purpose);
            return Optional.empty();
        }
        if (Files.size(stated) > purpose.length() || !Files.readString(stated).equals(purpose)) {
            throw other(
                    "The folder keeps an attack on another target, with other examples or options");
        }
        List<EvasionResult> parts = new ArrayList<>();
        for (Path file = part(); Files.isRegularFile(file); file = part()) {
            parts.add(part(file));
            done += parts.getLast().rows();
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(EvasionResult.joined(parts));
    }

    private Path part() {
        return folder.resolve("part-%06d.npz".formatted(done));
    }

    private UserError other(String what) {
        return new UserError(
                what,
                "--resume " + folder,
                "Name another folder, delete this one to start anew, or repeat the command that made"
                        + " it.");
    }

    private EvasionResult part(Path file) throws IOException {
        try (ByteSource bytes = ByteSource.open(file)) {
            Map<String, NpyArray> arrays = NpzReader.read(bytes);
            int[] clean = ints(arrays, "clean");
            int rows = clean.length;
            if (rows < 1 || done + rows > examples.rows()) {
                throw other("The part " + file.getFileName() + " does not fit the examples");
            }
            Examples own = examples.pick(IntStream.range(done, done + rows).toArray());
            return EvasionResult.kept(
                    own,
                    array(arrays, "changed").floats(0, rows),
                    clean,
                    ints(arrays, "answers"),
                    doubles(array(arrays, "sizes")),
                    records(arrays),
                    ints(arrays, "unconfirmed")[0]);
        } catch (NpyFormatException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new UserError(
                    "A part of the attack is broken: " + e.getMessage(),
                    file.toString(),
                    "Delete this file; its examples are then attacked again.",
                    e);
        }
    }

    private static NpyArray array(Map<String, NpyArray> arrays, String name) {
        NpyArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no array " + name);
        }
        return array;
    }

    private static int[] ints(Map<String, NpyArray> arrays, String name) {
        NpyArray array = array(arrays, name);
        return IntStream.range(0, array.size())
                .map(i -> Math.toIntExact(array.integer(i)))
                .toArray();
    }

    private static double[] doubles(NpyArray array) {
        return IntStream.range(0, array.size()).mapToDouble(array::number).toArray();
    }

    private static List<AttackRecord> records(Map<String, NpyArray> arrays) {
        int[] letters = ints(arrays, NAMES);
        List<String> names = COMMA.splitAsStream(new String(letters, 0, letters.length)).toList();
        NpyArray counts = array(arrays, "attack.counts");
        List<AttackRecord> records = new ArrayList<>();
        for (int i = 0; i < counts.size() / COUNTS; i++) {
            int at = i * COUNTS;
            records.add(
                    new AttackRecord(
                            names.get(i),
                            Math.toIntExact(counts.integer(at)),
                            Math.toIntExact(counts.integer(at + 1)),
                            counts.integer(at + 2),
                            counts.integer(at + 3),
                            counts.integer(at + 4)));
        }
        return records;
    }

    @Override
    public void began(String attack, int settled, int of, double share) {
        next.began(attack, settled, of, share);
    }

    /// Keeps a part; it is not there before it is whole.
    @Override
    public void settled(EvasionResult part) throws IOException {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        int rows = part.rows();
        arrays.put("changed", NpyArray.of(List.of(rows, part.examples().width()), part.changed()));
        arrays.put("clean", longs(part.cleanAnswers()));
        arrays.put("answers", longs(part.answers()));
        arrays.put("unconfirmed", longs(new int[] {part.unconfirmed()}));
        arrays.put("sizes", NpyArray.of(List.of(rows), part.sizes()));
        String names = String.join(",", part.attacks().stream().map(AttackRecord::name).toList());
        arrays.put(NAMES, longs(names.codePoints().toArray()));
        long[] counts =
                part.attacks().stream()
                        .flatMapToLong(record ->
                                LongStream.of(
                                        record.tried(),
                                        record.broken(),
                                        record.queries(),
                                        record.gradients(),
                                        record.millis()))
                        .toArray();
        arrays.put("attack.counts", NpyArray.of(List.of(counts.length), counts));
        Path unfinished = folder.resolve(".part");
        try (OutputStream out = Files.newOutputStream(unfinished)) {
            NpzWriter.write(arrays, out);
        }
        Files.move(unfinished, part(), StandardCopyOption.REPLACE_EXISTING);
        done += rows;
        next.settled(part);
    }

    private static NpyArray longs(int[] numbers) {
        return NpyArray.of(
                List.of(numbers.length),
                IntStream.of(numbers).mapToLong(number -> number).toArray());
    }
}
