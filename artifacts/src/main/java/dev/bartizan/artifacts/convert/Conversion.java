package dev.bartizan.artifacts.convert;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.weights.NpzWriter;
import dev.bartizan.formats.weights.SafetensorsWriter;
import dev.bartizan.formats.weights.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Converts pickle-based weights into a format that cannot run code, bit for bit, without executing
/// anything. What is no tensor is never dropped in silence.
///
/// @param target the format to write
/// @param selection dotted keys of the part that is wanted; empty for all
/// @param rest what happens to what is no tensor
public record Conversion(Target target, Optional<String> selection, Rest rest) {
    private static final long GROWTH = 64;
    private static final long GROWTH_BYTES = 64L << 20;
    private static final int MOST_SHOWN = 8;

    /// The format to write.
    public enum Target {
        SAFETENSORS,
        NPZ
    }

    /// What happens to values that are no tensors.
    public enum Rest {
        /// Nothing is converted, and they are listed.
        REFUSE,
        /// They are left out, and listed.
        DROP
    }

    /// What was written.
    ///
    /// @param tensors how many
    /// @param bytes length of the file
    /// @param sha256 of the file
    /// @param notes what a user should know: values left out, tensors that shared storage
    public record Written(int tensors, long bytes, Digest sha256, List<String> notes) {
        public Written {
            notes = List.copyOf(notes);
        }
    }

    /// Converts a file. The output appears whole or not at all.
    ///
    /// @throws UserError when the input is refused, with the reason
    /// @throws IOException when a file cannot be read or written
    public Written convert(Path input, Path output) throws IOException {
        return convert(input, List.of(), output);
    }

    /// Converts a file whose arrays' bytes lie in files beside it.
    ///
    /// @param buffers what a pickle of protocol 5 handed over beside itself, in that order
    /// @throws UserError when the input is refused, with the reason
    /// @throws IOException when a file cannot be read or written
    public Written convert(Path input, List<Path> buffers, Path output) throws IOException {
        try (ByteSource file = ByteSource.open(input);
                Opened opened = new Opened()) {
            List<ByteSource> beside = new ArrayList<>();
            for (Path buffer : buffers) {
                beside.add(opened.keep(ByteSource.open(buffer)));
            }
            WeightsReader.Found found =
                    new WeightsReader(opened, new BuffersBeside(beside)).read(file);
            Node root =
                    selection.isPresent()
                            ? Flattening.select(found.root(), selection.get())
                            : found.root();
            Flattening flat = Flattening.of(root);
            List<String> notes = new ArrayList<>();
            checkRest(flat, notes);
            Map<String, Tensor> tensors = ordered(flat.tensors());
            check(tensors);
            noteShared(tensors, notes);
            return write(tensors, found.framework(), output, notes);
        } catch (Refused e) {
            throw new UserError("Not converted: " + e.reason(), input.toString(), mend(e.reason()));
        } catch (FormatException e) {
            throw new UserError(
                    "Not converted: " + e.what() + " (byte " + e.offset() + ")",
                    input.toString(),
                    "Download the file again or have it saved again.");
        }
    }

    private static String mend(String reason) {
        if (reason.startsWith("values that are no tensors")) {
            return "Name the part you want with --select KEY, or leave the rest out with --drop-rest.";
        }
        return "Run `bartizan scan --explain` on it; have its maker save tensors alone"
                + " (a state_dict, or safetensors).";
    }

    private void checkRest(Flattening flat, List<String> notes) throws Refused {
        if (flat.tensors().isEmpty()) {
            throw new Refused("there is no tensor in it");
        }
        if (flat.rest().isEmpty()) {
            return;
        }
        switch (rest) {
            case REFUSE ->
                    throw new Refused("values that are no tensors would be lost: " + flat.rest());
            case DROP -> notes.add("left out: " + flat.rest());
        }
    }

    /// Wide elements first, then by name: so every tensor starts at a multiple of its element's
    /// size.
    private static Map<String, Tensor> ordered(Map<String, Tensor> tensors) {
        Map<String, Tensor> ordered = new LinkedHashMap<>();
        tensors.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().type().bytes()))
                .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        return ordered;
    }

    private void check(Map<String, Tensor> tensors) throws Refused {
        long total = 0;
        IdentityHashMap<ByteSource, Boolean> stored = new IdentityHashMap<>();
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            checkName(entry.getKey());
            checkType(entry.getKey(), entry.getValue());
            total = Math.addExact(total, entry.getValue().byteCount());
            stored.put(entry.getValue().storage().bytes(), true);
        }
        long there = stored.keySet().stream().mapToLong(ByteSource::size).sum();
        if (total > GROWTH_BYTES + GROWTH * there) {
            throw new Refused(
                    there
                            + " stored bytes would grow to "
                            + total
                            + ": its tensors repeat theirs too often");
        }
    }

    private void checkName(String name) throws Refused {
        boolean isPath = name.startsWith("/") || name.contains("..") || name.indexOf('\\') >= 0;
        boolean isOdd =
                name.equals("__metadata__") || name.chars().anyMatch(Character::isISOControl);
        if (isOdd || (target == Target.NPZ && isPath)) {
            throw new Refused("a tensor's name cannot be kept: \"" + name + "\"");
        }
    }

    private void checkType(String name, Tensor tensor) throws Refused {
        boolean isKnown =
                switch (target) {
                    case SAFETENSORS -> tensor.type().safetensors().isPresent();
                    case NPZ -> tensor.type().numpy().isPresent();
                };
        if (!isKnown) {
            String other = target == Target.NPZ ? "safetensors" : "npz";
            throw new Refused(
                    "\""
                            + name
                            + "\" is of "
                            + tensor.type().word()
                            + ", which "
                            + (target == Target.NPZ ? "npz" : "safetensors")
                            + " does not have; use --to "
                            + other);
        }
    }

    private static void noteShared(Map<String, Tensor> tensors, List<String> notes) {
        IdentityHashMap<ByteSource, List<String>> byStorage = new IdentityHashMap<>();
        tensors.forEach((name, tensor) ->
                byStorage
                        .computeIfAbsent(tensor.storage().bytes(), _ -> new ArrayList<>())
                        .add(name));
        List<String> shared =
                byStorage.values().stream()
                        .filter(names -> names.size() > 1)
                        .map(names ->
                                String.join(", ", names.subList(0, Math.min(4, names.size()))))
                        .sorted()
                        .limit(MOST_SHOWN)
                        .toList();
        if (!shared.isEmpty()) {
            notes.add("shared one storage, written apart: " + String.join("; ", shared));
        }
    }

    private Written write(
            Map<String, Tensor> tensors, String framework, Path output, List<String> notes)
            throws IOException {
        Path absolute = output.toAbsolutePath();
        Path work =
                Files.createTempFile(absolute.getParent(), "." + absolute.getFileName(), ".part");
        MessageDigest digest = Digest.sha256();
        try {
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(work), digest)) {
                switch (target) {
                    case SAFETENSORS ->
                            SafetensorsWriter.write(tensors, Map.of("format", framework), out);
                    case NPZ -> NpzWriter.write(tensors, out);
                }
            }
            long bytes = Files.size(work);
            Files.move(
                    work,
                    absolute,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            Digest sha256 = new Digest(HexFormat.of().formatHex(digest.digest()));
            return new Written(tensors.size(), bytes, sha256, notes);
        } finally {
            Files.deleteIfExists(work);
        }
    }
}
