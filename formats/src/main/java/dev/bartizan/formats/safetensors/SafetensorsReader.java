package dev.bartizan.formats.safetensors;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import dev.bartizan.formats.safetensors.SafetensorsHeader.Problem;
import dev.bartizan.formats.safetensors.SafetensorsHeader.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads and checks safetensors headers by the rules of the format's own description
/// (huggingface/safetensors, README "Format"): 8 bytes of length, a JSON object, then the data of
/// all tensors without gaps, overlaps or rest.
public final class SafetensorsReader {
    /// The longest header the reference reader accepts.
    public static final long MOST_HEADER_BYTES = 100_000_000;

    private static final JsonLimits LIMITS =
            new JsonLimits((int) MOST_HEADER_BYTES, 32, 4_000_000, 40);
    private static final Map<String, Integer> BITS =
            Map.ofEntries(
                    Map.entry("BOOL", 8),
                    Map.entry("U8", 8),
                    Map.entry("I8", 8),
                    Map.entry("F8_E4M3", 8),
                    Map.entry("F8_E5M2", 8),
                    Map.entry("F8_E8M0", 8),
                    Map.entry("F8_E4M3FNUZ", 8),
                    Map.entry("F8_E5M2FNUZ", 8),
                    Map.entry("F4", 4),
                    Map.entry("F6_E2M3", 6),
                    Map.entry("F6_E3M2", 6),
                    Map.entry("I16", 16),
                    Map.entry("U16", 16),
                    Map.entry("F16", 16),
                    Map.entry("BF16", 16),
                    Map.entry("I32", 32),
                    Map.entry("U32", 32),
                    Map.entry("F32", 32),
                    Map.entry("I64", 64),
                    Map.entry("U64", 64),
                    Map.entry("F64", 64),
                    Map.entry("C64", 64));

    private final ByteSource file;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private long dataBytes;

    private SafetensorsReader(ByteSource file) {
        this.file = file;
    }

    /// Reads the header and checks it against the file's length.
    ///
    /// @throws FormatException when no header can be read at all
    public static SafetensorsHeader read(ByteSource file) throws IOException, FormatException {
        return new SafetensorsReader(file).read();
    }

    private SafetensorsHeader read() throws IOException, FormatException {
        ByteReader reader = new ByteReader(file);
        long length = reader.i64();
        if (length < 0 || length > MOST_HEADER_BYTES) {
            throw FormatException.limit(
                    0, "Header length " + Long.toUnsignedString(length) + " is over the limit");
        }
        if (length > reader.remaining()) {
            throw FormatException.truncated(
                    0, "Header promises " + length + " bytes, " + reader.remaining() + " present");
        }
        if (length > 0 && !file.has(Long.BYTES, "{")) {
            problem(Long.BYTES, "The header does not start with {");
        }
        JsonReader.Document document = JsonReader.read(reader.bytes((int) length), LIMITS);
        if (!(document.value() instanceof Json.Members header)) {
            throw FormatException.broken(8, "Header is not a JSON object");
        }
        document.duplicateKeys()
                .forEach(key -> problem(8, "Key \"" + brief(key) + "\" stands twice"));
        dataBytes = reader.remaining();
        for (Json.Member member : header.members()) {
            if (member.key().equals("__metadata__")) {
                readMetadata(member.value());
            } else {
                readTensor(member.key(), member.value());
            }
        }
        checkLayout(8 + length);
        return new SafetensorsHeader(length, metadata, tensors, problems);
    }

    private void readMetadata(Json value) {
        if (!(value instanceof Json.Members members)) {
            problem(8, "__metadata__ is not an object");
            return;
        }
        for (Json.Member member : members.members()) {
            if (member.value() instanceof Json.Text text) {
                metadata.put(member.key(), text.value());
            } else {
                problem(8, "__metadata__ \"" + brief(member.key()) + "\" is not text");
            }
        }
    }

    private void readTensor(String name, Json value) {
        String dtype = value.text("dtype").orElse("");
        List<Long> shape = wholes(value.items("shape"));
        List<Long> offsets = wholes(value.items("data_offsets"));
        boolean hasShape = value.get("shape").filter(Json.Items.class::isInstance).isPresent();
        if (dtype.isEmpty() || !hasShape || offsets.size() != 2) {
            problem(8, "Tensor \"" + brief(name) + "\" lacks dtype, shape or data_offsets");
            return;
        }
        Tensor tensor = new Tensor(name, dtype, shape, offsets.get(0), offsets.get(1));
        checkSize(tensor);
        tensors.add(tensor);
    }

    private static List<Long> wholes(List<Json> items) {
        List<Long> numbers = new ArrayList<>();
        for (Json item : items) {
            numbers.add(
                    item instanceof Json.Numeral number
                            ? number.whole().orElse(-1L)
                            : Long.valueOf(-1));
        }
        return numbers;
    }

    private void checkSize(Tensor tensor) {
        String name = "Tensor \"" + brief(tensor.name()) + "\"";
        if (tensor.begin() < 0 || tensor.end() < tensor.begin() || tensor.end() > dataBytes) {
            problem(
                    8,
                    name
                            + " lies outside the file: bytes "
                            + tensor.begin()
                            + " to "
                            + tensor.end()
                            + " of "
                            + dataBytes);
            return;
        }
        Integer bits = BITS.get(tensor.dtype());
        if (bits == null) {
            problem(8, name + " has the unknown type \"" + brief(tensor.dtype()) + "\"");
            return;
        }
        long wanted = bits;
        try {
            for (long axis : tensor.shape()) {
                if (axis < 0) {
                    problem(8, name + " has a negative or broken shape");
                    return;
                }
                wanted = Math.multiplyExact(wanted, axis);
            }
        } catch (ArithmeticException e) {
            problem(8, name + " has a shape too large for any file");
            return;
        }
        if (wanted != (tensor.end() - tensor.begin()) * 8) {
            problem(
                    8,
                    name
                            + " needs "
                            + (wanted + 7) / 8
                            + " bytes and has "
                            + (tensor.end() - tensor.begin()));
        }
    }

    private void checkLayout(long dataStart) {
        List<Tensor> sorted = new ArrayList<>(tensors);
        sorted.sort((one, other) -> {
            int begins = Long.compare(one.begin(), other.begin());
            return begins != 0 ? begins : Long.compare(one.end(), other.end());
        });
        long at = 0;
        for (Tensor tensor : sorted) {
            if (tensor.begin() < at) {
                problem(
                        dataStart + Math.max(0, tensor.begin()),
                        "Tensor \"" + brief(tensor.name()) + "\" overlaps another");
            } else if (tensor.begin() > at) {
                problem(dataStart + at, (tensor.begin() - at) + " bytes belong to no tensor");
            }
            at = Math.max(at, tensor.end());
        }
        if (at < dataBytes) {
            problem(dataStart + at, (dataBytes - at) + " bytes stand after the last tensor");
        }
    }

    private void problem(long offset, String message) {
        if (problems.size() < 100) {
            problems.add(new Problem(offset, message));
        }
    }

    private static String brief(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }
}
