package dev.bartizan.cli;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.formats.npy.NpyFormatException;
import dev.bartizan.formats.npy.NpzReader;
import dev.bartizan.formats.npy.NpzWriter;
import dev.bartizan.robustness.Examples;
import dev.bartizan.robustness.harden.HardeningPlan;
import dev.bartizan.robustness.harden.HardeningState;
import dev.bartizan.tensors.DeployedModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The file in which a hardening keeps how far it is. It goes on only with the same model, examples
/// and plan.
final class HardenCheckpoint {
    private static final String FAR = "bz.far";
    private static final int DIGEST_LONGS = 4;

    private final @Nullable Path file;
    private final long[] purpose;

    HardenCheckpoint(
            @Nullable Path file, DeployedModel model, Examples examples, HardeningPlan plan) {
        this.file = file;
        String what =
                Digest.of(model.bytes()).hex()
                        + Arrays.hashCode(examples.values())
                        + Arrays.hashCode(examples.labels())
                        + plan;
        String hex = Digest.of(what).hex();
        purpose = new long[DIGEST_LONGS];
        for (int i = 0; i < DIGEST_LONGS; i++) {
            purpose[i] = Long.parseUnsignedLong(hex.substring(16 * i, 16 * i + 16), 16);
        }
    }

    /// How far an earlier run was; empty without one.
    Optional<HardeningState> read() throws IOException {
        if (file == null || !Files.exists(file)) {
            return Optional.empty();
        }
        try (ByteSource bytes = ByteSource.open(file)) {
            Map<String, NpyArray> values = new LinkedHashMap<>(NpzReader.read(bytes));
            NpyArray far = values.remove(FAR);
            if (far == null || far.size() != DIGEST_LONGS + 2 || !isOfThis(far)) {
                throw new UserError(
                        "The checkpoint is of another model, other examples or another plan",
                        file.toString(),
                        "Delete it to start anew, or repeat the command that made it.");
            }
            return Optional.of(
                    new HardeningState(
                            (int) far.integer(DIGEST_LONGS),
                            far.integer(DIGEST_LONGS + 1),
                            values));
        } catch (NpyFormatException e) {
            throw new UserError(
                    "The checkpoint is broken: " + e.getMessage(),
                    file.toString(),
                    "Delete it to start anew.",
                    e);
        }
    }

    private boolean isOfThis(NpyArray far) {
        for (int i = 0; i < DIGEST_LONGS; i++) {
            if (far.integer(i) != purpose[i]) {
                return false;
            }
        }
        return true;
    }

    /// Keeps how far this run is; the file before stays until the new one is whole.
    void write(HardeningState state) throws IOException {
        if (file == null) {
            return;
        }
        long[] far = Arrays.copyOf(purpose, DIGEST_LONGS + 2);
        far[DIGEST_LONGS] = state.epoch();
        far[DIGEST_LONGS + 1] = state.updates();
        Map<String, NpyArray> arrays = new LinkedHashMap<>(state.values());
        arrays.put(FAR, NpyArray.of(List.of(far.length), far));
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            NpzWriter.write(arrays, out);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
