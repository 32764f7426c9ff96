package dev.bartizan.cli;

import dev.bartizan.core.Binomial;
import dev.bartizan.core.Interval;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpzWriter;
import dev.bartizan.robustness.AttackRecord;
import dev.bartizan.robustness.Doubt;
import dev.bartizan.robustness.EvasionResult;
import dev.bartizan.robustness.Norm;
import dev.bartizan.robustness.corruption.CorruptionResult;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes what an attack found.
///
/// @param settings what was asked for
/// @param attacked what was found
/// @param corrupted how many answers stay right without an attacker; empty when not asked for
/// @param took wall time
/// @param cpu time of all processors
record AttackOutput(
        Settings settings,
        AttackedFile.Attacked attacked,
        Optional<CorruptionResult> corrupted,
        Duration took,
        Duration cpu) {
    private static final double CONFIDENCE = 0.95;

    /// What was asked for.
    ///
    /// @param eps largest change; what the box allows when none was given
    /// @param hasEps whether it was given
    /// @param word of the tier; `chosen` when attacks were named one by one
    record Settings(Norm norm, float eps, boolean hasEps, String word, long seed) {}

    /// What was found within the budget.
    EvasionResult result() {
        return attacked.result();
    }

    Interval interval() {
        return Binomial.clopperPearson(result().robustCorrect(), result().rows(), CONFIDENCE);
    }

    private void curve(PrintWriter out) {
        attacked.curve()
                .forEach(point ->
                        out.printf(
                                Locale.ROOT,
                                "  eps %-10.4g %d of %d right under attack%n",
                                point.factor() * settings.eps(),
                                point.robustCorrect(),
                                result().rows()));
    }

    ObjectNode json() {
        EvasionResult result = result();
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("n", result.rows());
        node.put("clean_correct", result.cleanCorrect());
        node.put("robust_correct", result.robustCorrect());
        node.put("norm", settings.norm().word());
        if (settings.hasEps()) {
            node.put("eps", Double.parseDouble(Float.toString(settings.eps())));
        }
        node.put("tier", settings.word());
        node.put("trustworthy", result.isTrustworthy()).put("seed", settings.seed());
        node.put("seconds", took.toMillis() / 1e3).put("cpu_seconds", cpu.toMillis() / 1e3);
        ArrayNode attacks = node.putArray("attacks");
        for (AttackRecord record : result.attacks()) {
            attacks.addObject()
                    .put("name", record.name())
                    .put("tried", record.tried())
                    .put("broken", record.broken())
                    .put("queries", record.queries())
                    .put("gradients", record.gradients())
                    .put("seconds", record.millis() / 1e3);
        }
        ArrayNode doubts = node.putArray("doubts");
        for (Doubt doubt : result.doubts()) {
            doubts.addObject()
                    .put("id", doubt.id())
                    .put("what", doubt.what())
                    .put("mend", doubt.mend());
        }
        node.putArray("interval").add(interval().low()).add(interval().high());
        medianSize().ifPresent(size -> node.put("median_size_of_broken", size));
        ArrayNode classes = node.putArray("by_class");
        byClass()
                .forEach((label, counts) ->
                        classes.addObject()
                                .put("class", label)
                                .put("n", counts[0])
                                .put("clean_correct", counts[1])
                                .put("robust_correct", counts[2]));
        if (!attacked.curve().isEmpty()) {
            ArrayNode points = node.putArray("curve");
            attacked.curve()
                    .forEach(point ->
                            points.addObject()
                                    .put("eps", point.factor() * settings.eps())
                                    .put("robust_correct", point.robustCorrect()));
        }
        attacked.smallest()
                .ifPresent(smallest ->
                        node.set("minimal", new SmallestOutput(smallest, settings.norm()).json()));
        corrupted.ifPresent(
                baseline -> node.set("corruptions", new CorruptionOutput(baseline).json()));
        return node;
    }

    OptionalDouble medianSize() {
        OptionalDouble size = result().medianSize();
        return size.isPresent() && settings.norm() == Norm.LINF
                ? OptionalDouble.of(size.getAsDouble() * settings.eps())
                : size;
    }

    Map<Integer, int[]> byClass() {
        EvasionResult result = result();
        Map<Integer, int[]> counts = new java.util.TreeMap<>();
        for (int row = 0; row < result.rows(); row++) {
            int[] count = counts.computeIfAbsent(result.examples().label(row), _ -> new int[3]);
            count[0]++;
            count[1] += result.isCleanCorrect(row) ? 1 : 0;
            count[2] += result.isCleanCorrect(row) && !result.isBroken(row) ? 1 : 0;
        }
        return counts;
    }

    void table(PrintWriter out) {
        counts(out);
        curve(out);
        attacked.smallest()
                .ifPresent(smallest -> new SmallestOutput(smallest, settings.norm()).table(out));
        corrupted.ifPresent(result -> new CorruptionOutput(result).table(out));
    }

    private void counts(PrintWriter out) {
        EvasionResult result = result();
        out.printf(
                Locale.ROOT,
                "%d of %d right unchanged, %d of %d under attack (95 %% interval %.1f to %.1f %%)%n",
                result.cleanCorrect(),
                result.rows(),
                result.robustCorrect(),
                result.rows(),
                100 * interval().low(),
                100 * interval().high());
        for (AttackRecord record : result.attacks()) {
            out.printf(
                    Locale.ROOT,
                    "  %-12s broke %4d of %4d, %d gradients, %d questions, %.1f s%n",
                    record.name(),
                    record.broken(),
                    record.tried(),
                    record.gradients(),
                    record.queries(),
                    record.millis() / 1e3);
        }
        medianSize()
                .ifPresent(size ->
                        out.printf(
                                Locale.ROOT,
                                "  median size of the changes that broke an answer: %.4g%n",
                                size));
        out.printf(
                Locale.ROOT,
                "norm %s, %s, tier %s, seed %d, %.1f s, %.1f s of CPU%n",
                settings.norm().word(),
                settings.hasEps() ? "eps " + settings.eps() : "any change in the box",
                settings.word(),
                settings.seed(),
                took.toMillis() / 1e3,
                cpu.toMillis() / 1e3);
        if (result.isTrustworthy()) {
            out.println("Nothing speaks against these counts.");
            return;
        }
        out.println("Do not rely on these counts:");
        for (Doubt doubt : result.doubts()) {
            out.println("  " + doubt.id() + ": " + doubt.what() + ".");
            out.println("    " + doubt.mend());
        }
    }

    /// Keeps the examples; nothing stays when it cannot be written whole.
    void save(List<Long> rowDims, Path file) throws IOException {
        EvasionResult result = result();
        List<Integer> shape = new ArrayList<>();
        shape.add(result.rows());
        rowDims.forEach(dim -> shape.add(Math.toIntExact(dim)));
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("x", NpyArray.of(shape, result.examples().values()));
        arrays.put("x_adv", NpyArray.of(shape, result.changed()));
        arrays.put("y", longs(result.examples().labels()));
        arrays.put("pred", longs(result.answers()));
        Path folder = requireFolder(file);
        Path part = Files.createTempFile(folder, ".bartizan-", ".npz");
        try {
            try (OutputStream to = Files.newOutputStream(part)) {
                NpzWriter.write(arrays, to);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// The folder of a file that will be written.
    ///
    /// @throws UserError when there is none
    static Path requireFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UserError(
                    "There is no folder for the examples found",
                    file.toString(),
                    "Make the folder, or name another one.");
        }
        return folder;
    }

    private static NpyArray longs(int[] numbers) {
        return NpyArray.of(
                List.of(numbers.length),
                IntStream.of(numbers).mapToLong(number -> number).toArray());
    }
}
